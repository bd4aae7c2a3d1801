package dev.gantry.rehearsal;

import dev.gantry.rehearsal.protocol.Habits;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** A registry as a process of its own, to be killed or to be shown to other programs. */
final class ServedRegistry {
  private ServedRegistry() {}

  /** Arguments: the port, the folder, and {@code sparse} to take manifests without children. */
  public static void main(String[] arguments) throws Exception {
    var out = new PrintStream(System.out, true);
    var words = List.of(arguments);
    var settings =
        Settings.plain()
            .at(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])))
            .in(Path.of(arguments[1]))
            .with(Habits.PLAIN.withMissingChildrenTaken(words.contains("sparse")));
    try (var registry = Rehearsal.start(settings)) {
      out.println(registry.uri());
      registry.await();
    }
  }
}
