package dev.gantry.cli;

import dev.gantry.PublishRequest;
import dev.gantry.rules.ShellWords;
import dev.gantry.source.Source;
import java.util.ArrayList;
import java.util.List;

/** The commands of docker, or where docker cannot do it, of skopeo, that do the same. */
final class DockerCommands {
  private DockerCommands() {}

  /** A command line each, quoted for a shell. */
  static List<String> of(PublishRequest request) {
    var lines = new ArrayList<String>();
    var targets =
        request.destinations().stream()
            .flatMap(to -> to.tags().stream().map(tag -> to.repository() + ":" + tag))
            .toList();
    switch (request.source()) {
      case Source.DockerDaemon(var name) -> tagAndPush(lines, name, targets);
      case Source.Remote(var reference) -> {
        var words = new ArrayList<>(List.of("docker", "buildx", "imagetools", "create"));
        for (var target : targets) {
          words.addAll(List.of("--tag", target));
        }
        words.add(reference.toString());
        lines.add(ShellWords.line(words));
      }
      case Source.Archive(var form, var input, var entry)
          when form != Source.Form.OCI && entry.isPresent() -> {
        lines.add(ShellWords.line(List.of("docker", "load", "--input", input.toString())));
        tagAndPush(lines, entry.get(), targets);
      }
      case Source.Archive _, Source.OciLayout _ -> {
        for (var target : targets) {
          lines.add(
              ShellWords.line(
                  List.of(
                      "skopeo",
                      "copy",
                      "--all",
                      request.source().toString(),
                      "docker://" + target)));
        }
      }
    }
    return lines;
  }

  private static void tagAndPush(List<String> lines, String image, List<String> targets) {
    for (var target : targets) {
      lines.add(ShellWords.line(List.of("docker", "tag", image, target)));
      lines.add(ShellWords.line(List.of("docker", "push", target)));
    }
  }
}
