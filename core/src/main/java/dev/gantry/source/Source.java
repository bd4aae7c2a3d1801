package dev.gantry.source;

import dev.gantry.oci.Reference;
import java.nio.file.Path;
import java.util.Optional;

/** Where an image comes from; {@code toString} is the spelling that {@link #parse} reads. */
public sealed interface Source {

  /** Reads {@code transport:place[:entry]}, or an existing path, seen from the current folder. */
  static Source parse(String text) {
    return SourceText.parse(text, Path.of(""));
  }

  /** The same, relative paths seen from this folder. */
  static Source parse(String text, Path folder) {
    return SourceText.parse(text, folder);
  }

  /** A source on this machine: everything but a registry. */
  sealed interface Local extends Source {}

  /**
   * A folder with {@code index.json} and {@code blobs} (image-spec, image-layout.md).
   *
   * @param entry the {@code org.opencontainers.image.ref.name} or the digest of the one meant
   */
  record OciLayout(Path folder, Optional<String> entry) implements Local {
    @Override
    public String toString() {
      return "oci:" + folder + suffix(entry);
    }
  }

  /**
   * A tar that holds images.
   *
   * @param entry which of them: by name and tag, or by digest
   */
  record Archive(Form form, Input input, Optional<String> entry) implements Local {
    @Override
    public String toString() {
      return form.transport + input + suffix(entry);
    }
  }

  /** An image of the Docker Engine, by name or by id, exactly as it was given. */
  record DockerDaemon(String name) implements Local {
    @Override
    public String toString() {
      return "docker-daemon:" + name;
    }
  }

  /** An image in a registry. */
  record Remote(Reference reference) implements Source {
    @Override
    public String toString() {
      return "docker://" + reference;
    }
  }

  /** What a tar is read as. */
  enum Form {
    OCI("oci-archive:"),
    DOCKER("docker-archive:"),
    /** As its content says. */
    AS_FOUND("");

    private final String transport;

    Form(String transport) {
      this.transport = transport;
    }
  }

  /** Where the bytes of an archive are. */
  sealed interface Input {
    /** A file. */
    record File(Path path) implements Input {
      @Override
      public String toString() {
        return path.toString();
      }
    }

    /** Standard input, which can be read once. */
    record Standard() implements Input {
      @Override
      public String toString() {
        return "-";
      }
    }
  }

  private static String suffix(Optional<String> entry) {
    return entry.map(name -> ":" + name).orElse("");
  }
}
