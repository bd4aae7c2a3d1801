package dev.gantry.source;

import dev.gantry.failure.PublishException;
import dev.gantry.oci.Malformed;
import dev.gantry.oci.Reference;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads the spelling of a source as skopeo and podman users write it. Where a path and what follows
 * its colon cannot be told apart by their form, the longest text that exists on the disk is the
 * path, so that file names may hold colons.
 */
final class SourceText {
  private static final String LOOK = "check the path; relative ones are seen from ";

  /** Transports of skopeo and podman that are not read, and what to do instead. */
  private static final List<Foreign> FOREIGN =
      List.of(
          new Foreign(
              "containers-storage:",
              "podman save --format oci-archive IMAGE, piped to oci-archive:-"),
          new Foreign("dir:", "skopeo copy dir:PATH oci:OTHER"),
          new Foreign("sif:", "skopeo copy sif:PATH oci:OTHER"),
          new Foreign("ostree:", "skopeo copy ostree:IMAGE oci:OTHER"),
          new Foreign("oci-layout://", "the transport is written oci:PATH"),
          new Foreign("ocidir://", "the transport is written oci:PATH"),
          new Foreign("docker-image://", "the transport is written docker://IMAGE"),
          new Foreign("https://", "the transport is written docker://IMAGE"),
          new Foreign("http://", "the transport is written docker://IMAGE"));

  private record Foreign(String prefix, String instead) {}

  private record Place(Path path, Optional<String> entry) {}

  private final String text;
  private final Path folder;

  private SourceText(String text, Path folder) {
    this.text = text;
    this.folder = folder;
  }

  static Source parse(String text, Path folder) {
    return new SourceText(text, folder).parse();
  }

  private Source parse() {
    if (text.isEmpty()) {
      throw Refusal.missing("the source is empty", "source", "name a path or an image");
    }
    if (text.startsWith("oci:")) {
      var place = place(behind("oci:"));
      return new Source.OciLayout(place.path(), place.entry());
    }
    if (text.startsWith("oci-archive:")) {
      return archive(Source.Form.OCI, behind("oci-archive:"));
    }
    if (text.startsWith("docker-archive:")) {
      return archive(Source.Form.DOCKER, behind("docker-archive:"));
    }
    if (text.startsWith("docker-daemon:")) {
      return daemon(behind("docker-daemon:"));
    }
    if (text.startsWith("docker://")) {
      return remote(text.substring("docker://".length()));
    }
    var existing = existing(text);
    if (existing.isPresent()) {
      return recognised(existing.get());
    }
    throw neither();
  }

  private String behind(String transport) {
    var rest = text.substring(transport.length());
    if (rest.isEmpty()) {
      throw Refusal.missing(
          "nothing stands behind '" + transport + "'", text, "write " + transport + "PLACE");
    }
    return rest;
  }

  private Source archive(Source.Form form, String rest) {
    if (rest.equals("-") || rest.startsWith("-:")) {
      var entry = rest.length() > 2 ? Optional.of(rest.substring(2)) : Optional.<String>empty();
      return new Source.Archive(form, new Source.Input.Standard(), entry);
    }
    var place = place(rest);
    return new Source.Archive(form, new Source.Input.File(place.path()), place.entry());
  }

  private Source daemon(String name) {
    if (!name.matches("(sha256:)?[0-9a-f]{64}")) {
      try {
        Reference.parse(name);
      } catch (Malformed fault) {
        throw misnamed(fault);
      }
    }
    return new Source.DockerDaemon(name);
  }

  private Source remote(String name) {
    try {
      return new Source.Remote(Reference.parse(name));
    } catch (Malformed fault) {
      throw misnamed(fault);
    }
  }

  private PublishException misnamed(Malformed fault) {
    return Refusal.of(
        fault.what().contains("upper case") ? "name.uppercase" : "name.invalid-reference",
        fault.what(),
        fault.position() < 0
            ? text
            : text + ", character " + (fault.position() + 1) + " of '" + fault.text() + "'",
        fault.nearest().map(right -> "write " + right).orElse("correct the name"));
  }

  /** The path and what is meant in it; where nothing exists, the path ends at the first colon. */
  private Place place(String rest) {
    return existing(rest)
        .orElseThrow(() -> {
          var colon = rest.indexOf(':');
          var path = colon < 0 ? rest : rest.substring(0, colon);
          return Refusal.missing(
              "there is no file or folder '" + path + "'",
              text,
              LOOK + folder.toAbsolutePath().normalize());
        });
  }

  /** The longest beginning that ends at a colon, or at the end, and exists. */
  private Optional<Place> existing(String rest) {
    var end = rest.length();
    while (end > 0) {
      try {
        var path = folder.resolve(rest.substring(0, end));
        if (Files.exists(path)) {
          var entry =
              end + 1 < rest.length()
                  ? Optional.of(rest.substring(end + 1))
                  : Optional.<String>empty();
          return Optional.of(new Place(path, entry));
        }
      } catch (InvalidPathException e) {
        throw Refusal.missing("no path: " + e.getReason(), text, "correct the path");
      }
      end = rest.lastIndexOf(':', end - 1);
    }
    return Optional.empty();
  }

  private Source recognised(Place place) {
    var path = place.path();
    if (!Files.isDirectory(path)) {
      return new Source.Archive(Source.Form.AS_FOUND, new Source.Input.File(path), place.entry());
    }
    if (Files.exists(path.resolve("oci-layout")) || Files.exists(path.resolve("index.json"))) {
      return new Source.OciLayout(path, place.entry());
    }
    var context =
        Files.exists(path.resolve("Dockerfile"))
            ? "the folder has a Dockerfile: build it first, for example into an OCI layout"
            : "name a folder with oci-layout and index.json, or an archive";
    throw Refusal.missing("the folder is no OCI layout", path.toString(), context);
  }

  /** The one error that a beginner meets: what was given could mean two things. */
  private PublishException neither() {
    for (var foreign : FOREIGN) {
      if (text.startsWith(foreign.prefix())) {
        return Refusal.other(
            "the transport '" + foreign.prefix() + "' is not read here", text, foreign.instead());
      }
    }
    if (text.equals("-")) {
      return Refusal.missing(
          "'-' does not say what standard input holds",
          text,
          "write docker-archive:- or oci-archive:-");
    }
    var todo =
        "a file or folder: there is none at "
            + folder.toAbsolutePath().normalize().resolve(pathOf(text));
    var image =
        isReference()
            ? "; an image of the Docker Engine: write docker-daemon:"
                + text
                + "; an image in a registry: write docker://"
                + text
            : "; an image: no image can have this name";
    return Refusal.missing(
        "'" + text + "' is no path that exists, and names no transport", text, todo + image);
  }

  private static Path pathOf(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException _) {
      return Path.of("");
    }
  }

  private boolean isReference() {
    try {
      Reference.parse(text);
      return true;
    } catch (Malformed _) {
      return false;
    }
  }
}
