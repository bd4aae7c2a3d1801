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
 * [MB]}. The log is made from a fixed seed: build output, one line in fifty with a URL, one in a
 * hundred coloured, and the failure at its end.
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

  private static String line(Random random) {
    var text = new StringBuilder();
    text.append('#').append(random.nextInt(40)).append(' ').append(random.nextInt(999)).append('.');
    text.append(100 + random.nextInt(900)).append(' ');
    var kind = random.nextInt(100);
    if (kind < 2) {
      text.append("GET https://registry.example/").append(word(random)).append(".tgz");
    }
    for (var words = 4 + random.nextInt(14); words > 0; words--) {
      text.append(' ').append(word(random));
    }
    return kind == 2 ? "\u001b[32m" + text + "\u001b[0m\n" : text.append('\n').toString();
  }

  private static String word(Random random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }
}
