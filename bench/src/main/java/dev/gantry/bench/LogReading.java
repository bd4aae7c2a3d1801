package dev.gantry.bench;

import dev.gantry.explain.Causes;
import dev.gantry.explain.Explanation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How long {@code explain} takes for a large log: {@code java -Xmx64m dev.gantry.bench.LogReading
 * [MB]}. The log is made from a fixed seed: what package managers, compilers, tests and progress
 * bars print, with the failure at its end.
 */
public final class LogReading {
  private static final long SEED = 5;
  private static final int ROUNDS = 5;
  private static final List<String> WORDS =
      List.of(
          "resolved",
          "layer",
          "compile",
          "target",
          "module",
          "test",
          "passed",
          "building",
          "source",
          "download",
          "step",
          "make",
          "object",
          "link",
          "file",
          "unpacking",
          "setting");

  private LogReading() {}

  /** Prints one row: size, wall time and processor time of the best round, peak heap. */
  public static void main(String[] arguments) throws IOException {
    var megabytes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
    var log = Files.createTempFile("gantry-bench", ".log");
    try {
      write(log, megabytes * 1_000_000L);
      Causes.table();
      var wall = Long.MAX_VALUE;
      var processor = Long.MAX_VALUE;
      for (var round = 0; round < ROUNDS; round++) {
        var from = System.nanoTime();
        var before = processorTime();
        read(log);
        wall = Math.min(wall, System.nanoTime() - from);
        processor = Math.min(processor, processorTime() - before);
      }
      System.out.printf(
          Locale.ROOT,
          "explain %d MB: %.2f s, %.2f s of processor, %.0f MB/s, peak heap %d MB%n",
          megabytes,
          wall / 1e9,
          processor / 1e9,
          megabytes / (wall / 1e9),
          peak() / 1_000_000);
    } finally {
      Files.delete(log);
    }
  }

  private static void read(Path log) throws IOException {
    try (var in = Files.newInputStream(log)) {
      var cause = Explanation.of(log.toString(), in, List.of()).best().cause().id();
      if (!cause.equals("auth.package-access")) {
        throw new IllegalStateException("read, but not understood: " + cause);
      }
    }
  }

  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  private static void write(Path log, long bytes) {
    var random = new Random(SEED);
    try (var out = Files.newBufferedWriter(log, StandardCharsets.UTF_8)) {
      var written = 0L;
      while (written < bytes) {
        var line = line(random);
        out.write(line);
        written += line.length();
      }
      out.write(
          "ERROR: failed to push ghcr.io/acme/web:1: denied: permission_denied: write_package\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A line as builds print them by the thousand: half of them have words that failures have too.
   */
  private static String line(Random random) {
    var one = word(random);
    var two = word(random);
    var number = random.nextInt(1000);
    var small = random.nextInt(100);
    var text =
        switch (random.nextInt(10)) {
          case 0 ->
              "2026-11-21T10:%02d:%02d.%07dZ #12 %d.%d Get:%d http://deb.debian.org/debian bookworm/main amd64 %s-%s amd64 %d.%d-1 [%d kB]"
                  .formatted(
                      small % 60,
                      number % 60,
                      number,
                      small,
                      number,
                      number,
                      one,
                      two,
                      small,
                      number,
                      number);
          case 1 ->
              "#15 %d.%d npm WARN deprecated %s-%s@1.%d.%d: use %s instead, it is not supported"
                  .formatted(small, number, one, two, small, number, one);
          case 2 ->
              "%012x: Pushing [%s>  ] %d.%dMB/%d.%dMB"
                  .formatted(small % 12L, "=".repeat(small / 3), number, small, number, small);
          case 3 ->
              "[INFO] Downloading from central: https://repo.example/maven2/%s/%s/%d.%d/%s-%d.jar (%d kB at %d MB/s)"
                  .formatted(one, two, small, number, one, small, number, small);
          case 4 ->
              "src/%s/%s.c:%d:%d: warning: unused variable %s [-Wunused-variable]"
                  .formatted(one, two, number, small, one);
          case 5 ->
              "ok   example.org/%s/%s  %d.%03ds  coverage: %d.1%% of statements"
                  .formatted(one, two, small, number, small);
          case 6 -> "  at com.%s.%s.Main(Main.java:%d)".formatted(one, two, number);
          case 7 ->
              "\u001b[32mUnpacking %s-%s (1.%d.%d-1) over (1.%d) ...\u001b[0m"
                  .formatted(one, two, small, number, small);
          case 8 ->
              "#%d %d.%d %s %s %s %s"
                  .formatted(small % 40, number, small, one, two, word(random), word(random));
          default -> "%s: %d of %d %s".formatted(one, small, number, two);
        };
    return text + '\n';
  }

  private static String word(Random random) {
    return WORDS.get(random.nextInt(WORDS.size())) + Integer.toString(random.nextInt(2000), 36);
  }
}
