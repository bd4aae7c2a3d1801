package dev.gantry.rehearsal.fault;

import dev.gantry.rehearsal.protocol.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The faults of a registry. Lines may be added while it runs; each counts the matching requests
 * from when it was added.
 */
public final class FaultScript {
  private final List<Mishap> mishaps = new CopyOnWriteArrayList<>();

  /** Nothing goes wrong until something is added. */
  public FaultScript() {}

  /**
   * Adds a line of the language that {@code docs/rehearsal.md} describes, for example {@code chunk
   * #2: cut received 1M}.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public FaultScript add(String line) {
    mishaps.add(FaultLanguage.parse(line));
    return this;
  }

  /** Adds a fault for these turns (as in {@code "1-3"}, empty for all) of an operation. */
  public FaultScript add(Operation operation, String turns, Fault fault) {
    mishaps.add(
        new Mishap(
            new Occasion(Set.of(), Optional.empty(), Set.of(operation)),
            turns.isEmpty() ? Turns.ALL : Turns.parse(turns),
            fault));
    return this;
  }

  /** Adds a fault for these turns of a method (empty for any) on a path with stars. */
  public FaultScript add(String method, String path, String turns, Fault fault) {
    mishaps.add(
        new Mishap(
            new Occasion(
                method.isEmpty() ? Set.of() : Set.of(method.toUpperCase(Locale.ROOT)),
                Optional.of(Occasion.glob(path)),
                Set.of()),
            turns.isEmpty() ? Turns.ALL : Turns.parse(turns),
            fault));
    return this;
  }

  /**
   * Adds every line of a file; empty lines and those that begin with {@code #} are passed over.
   *
   * @throws IOException with file and line of the first mistake
   */
  public FaultScript addFile(Path file) throws IOException {
    var lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          var _ = add(line);
        } catch (IllegalArgumentException e) {
          throw new IOException(file + " line " + (i + 1) + ": " + e.getMessage(), e);
        }
      }
    }
    return this;
  }

  /** Forgets every fault. */
  public void clear() {
    mishaps.clear();
  }

  /** What hits this request, in the order of the lines. */
  public List<Fault> meets(String method, String path, Optional<Operation> operation) {
    var hits = new ArrayList<Fault>();
    for (var mishap : mishaps) {
      mishap.meets(method, path, operation).ifPresent(hits::add);
    }
    return hits;
  }
}
