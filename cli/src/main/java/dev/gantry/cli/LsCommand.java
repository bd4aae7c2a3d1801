package dev.gantry.cli;

import dev.gantry.oci.Digest;
import dev.gantry.oci.Json;
import dev.gantry.oci.Tag;
import dev.gantry.registry.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code gantry ls REPOSITORY}: its tags, one a line. */
final class LsCommand implements Command {
  @Override
  public Form form() {
    return Access.options(
        Form.of(
                "ls",
                new Text(
                    "Lists the tags of a repository, one a line, in the registry's order.",
                    "列出仓库中的标签，每行一个，按仓库返回的顺序。"))
            .flag("--digests", new Text("print each tag's digest too", "同时输出每个标签的摘要"))
            .argument("REPOSITORY", new Text("a repository without a tag", "不带标签的仓库名"))
            .example(
                "gantry ls ghcr.io/octo/app --digests",
                new Text("every tag and where it points", "所有标签及其指向")));
  }

  @Override
  public Exit run(Given given, Terminal terminal) throws InterruptedException {
    var reference = Named.repository(given.argument("REPOSITORY"));
    var access = Access.of(given, terminal);
    try (var wiring = access.wiring(List.of(reference.registry()), terminal.progress())) {
      var target = wiring.sources().source(reference.repository());
      var tags = target.tags();
      boolean digests = given.has("--digests");
      if (terminal.wantsJson()) {
        terminal.json(
            Json.object()
                .with("repository", reference.repository().toString())
                .with("tags", json(tags, target, digests)));
        return Exit.DONE;
      }
      for (var tag : tags) {
        terminal.result(
            digests
                ? tag + "\t" + target.resolve(tag).map(Digest::toString).orElse("-")
                : tag.toString());
      }
      if (tags.isEmpty()) {
        terminal.note(new Text("no tags in {0}", "{0} 中没有标签"), reference.repository());
      }
      return Exit.DONE;
    }
  }

  private static Json json(List<Tag> tags, Target target, boolean digests)
      throws InterruptedException {
    var items = new ArrayList<Json>();
    for (var tag : tags) {
      var item = Json.object().with("name", tag.value());
      Optional<Digest> digest = digests ? target.resolve(tag) : Optional.empty();
      items.add(digest.map(at -> item.with("digest", at.toString())).orElse(item));
    }
    return new Json.Arr(items);
  }
}
