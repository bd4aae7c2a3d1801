package dev.gantry.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The checkout that the build runs in. */
public final class Repo {
  /** The folder of the root pom. */
  public static final Path ROOT =
      Path.of(Optional.ofNullable(System.getProperty("gantry.root")).orElse(".."))
          .toAbsolutePath()
          .normalize();

  /** The modules, by their folders. */
  public static final List<String> MODULES =
      List.of("http", "book", "rehearsal", "core", "picocli", "cli", "bench");

  private Repo() {}

  /** The lines of a table beside these tests. */
  static List<String> table(String name) {
    try (var in = Repo.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError("no table " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The Java sources of all modules, main or test. */
  static List<Path> sources(String kind) {
    return MODULES.stream()
        .map(module -> ROOT.resolve(module).resolve("src").resolve(kind).resolve("java"))
        .filter(Files::isDirectory)
        .flatMap(folder -> below(folder).stream())
        .filter(file -> file.toString().endsWith(".java"))
        .toList();
  }

  /** The files below a folder, in order. */
  public static List<Path> below(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A path as it is written in messages: from the root, with slashes. */
  static String shown(Path file) {
    return ROOT.relativize(file).toString().replace('\\', '/');
  }
}
