package dev.gantry.rehearsal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.rehearsal.Client;
import dev.gantry.rehearsal.Rehearsal;
import dev.gantry.rehearsal.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry killed while several clients push to it: what it said it has, it has, and whole. */
class KillFaults {
  private record Pushed(String repository, String tag, String digest) {}

  @Test
  void nothingAcknowledgedIsLostAndNothingIsHalf(@TempDir Path folder) throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var store = folder.resolve("store");
    var acknowledged = new ConcurrentLinkedQueue<Pushed>();
    for (int round = 0; round < 3; round++) {
      int enough = acknowledged.size() + 3 + random.nextInt(20);
      pushUntilKilled(store, round, enough, acknowledged);
    }
    try (var registry = Rehearsal.start(Settings.plain().in(store));
        var client = new Client(registry.uri())) {
      assertThat(registry.check()).as("seed %d", seed).isEmpty();
      assertThat(acknowledged).isNotEmpty();
      for (var pushed : acknowledged) {
        var answer = client.get("/v2/" + pushed.repository() + "/manifests/" + pushed.tag());
        assertThat(answer.headers().firstValue("Docker-Content-Digest"))
            .as("%s with seed %d", pushed, seed)
            .contains(pushed.digest());
      }
    }
  }

  /** Four clients push until so many pushes were acknowledged; then the process is killed. */
  private static void pushUntilKilled(
      Path store, int round, int enough, ConcurrentLinkedQueue<Pushed> acknowledged)
      throws Exception {
    var process = serve(store);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      var uri = URI.create(out.readLine());
      var workers = new ArrayList<Future<Integer>>();
      for (int worker = 0; worker < 4; worker++) {
        var name = "team/app" + worker;
        Callable<Integer> work = () -> push(uri, name, "r" + round, process, enough, acknowledged);
        workers.add(executor.submit(work));
      }
      for (var worker : workers) {
        assertThat(worker.get()).isNotNegative();
      }
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
  }

  private static int push(
      URI uri,
      String name,
      String round,
      Process process,
      int enough,
      ConcurrentLinkedQueue<Pushed> acknowledged)
      throws InterruptedException {
    int count = 0;
    try (var client = new Client(uri)) {
      while (true) {
        var tag = round + "-" + count;
        var digest = client.pushImage(name, tag, name + tag + "x".repeat(20_000));
        acknowledged.add(new Pushed(name, tag, digest));
        count++;
        if (acknowledged.size() >= enough) {
          process.destroyForcibly();
        }
      }
    } catch (IOException killed) {
      return count;
    }
  }

  private static Process serve(Path store) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(
            java,
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.gantry.rehearsal.ServedRegistry",
            "0",
            store.toString());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
