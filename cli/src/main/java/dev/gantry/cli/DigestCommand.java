package dev.gantry.cli;

import dev.gantry.oci.Json;
import dev.gantry.oci.Reference;
import java.util.List;

/** {@code gantry digest REF}: the digest that a reference points at, and nothing else. */
final class DigestCommand implements Command {
  @Override
  public Form form() {
    return Access.options(
        Form.of(
                "digest",
                new Text(
                    "Prints the digest that a tag points at, and nothing else.",
                    "输出标签所指向的摘要，且只输出摘要。"))
            .argument("REF", new Text("an image in a registry", "仓库中的镜像"))
            .example(
                "gantry digest ghcr.io/octo/app:v1",
                new Text("sha256:… of what v1 points at now", "v1 当前指向的 sha256:…")));
  }

  @Override
  public Exit run(Given given, Terminal terminal) throws InterruptedException {
    var reference = Named.image(given.argument("REF"));
    var access = Access.of(given, terminal);
    try (var wiring = access.wiring(List.of(reference.registry()), terminal.progress())) {
      var target = wiring.sources().source(reference.repository());
      var digest = Named.digest(reference, target);
      if (terminal.wantsJson()) {
        terminal.json(document(reference).with("digest", digest.toString()));
      } else {
        terminal.result(digest.toString());
      }
      return Exit.DONE;
    }
  }

  /** How every answer about one reference begins. */
  static Json.Obj document(Reference reference) {
    var document =
        Json.object()
            .with("reference", reference.toString())
            .with("repository", reference.repository().toString());
    return reference.tag().map(tag -> document.with("tag", tag.value())).orElse(document);
  }
}
