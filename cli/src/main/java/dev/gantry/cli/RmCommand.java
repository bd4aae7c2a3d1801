package dev.gantry.cli;

import dev.gantry.failure.PublishException;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Json;
import dev.gantry.oci.Reference;
import dev.gantry.plan.Standing;
import dev.gantry.registry.Switchboard;
import dev.gantry.registry.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code gantry rm REF…}: takes tags away, and no other tag of the same image. */
final class RmCommand implements Command {

  /** One thing to remove, as it stands before. */
  private record Removal(Reference reference, Digest digest, Target target) {
    boolean wholeManifest() {
      return reference.tag().isEmpty();
    }
  }

  @Override
  public Form form() {
    return Access.options(
        Form.of(
                "rm",
                new Text(
                    "Removes a tag, and no other tag of the same image; by digest, a manifest with"
                        + " every tag that points at it.",
                    "删除标签，同一镜像的其他标签不受影响；给出摘要时，删除该 manifest 及指向它的全部标签。"))
            .flag(
                "--dry-run",
                new Text("say what would be removed, and remove nothing", "只说明会删除什么，不实际删除"))
            .arguments(
                "REF", 1, new Text("images in registries, by tag or by digest", "仓库中的镜像（标签或摘要）"))
            .example(
                "gantry rm registry.example/app:old",
                new Text(
                    "the tag old goes, the image and its other tags stay", "删除 old 标签，镜像与其他标签保留")));
  }

  @Override
  public Exit run(Given given, Terminal terminal) throws InterruptedException {
    var references = given.arguments("REF").stream().map(Named::image).toList();
    var access = Access.of(given, terminal);
    var registries = references.stream().map(Reference::registry).distinct().toList();
    try (var wiring = access.wiring(registries, terminal.progress())) {
      var lines = wiring.targets();
      // Everything is looked at before anything goes, so that a wrong name removes nothing.
      var removals = new ArrayList<Removal>();
      for (var reference : references) {
        removals.add(removal(reference, lines));
      }
      boolean dry = given.has("--dry-run");
      var gone = new ArrayList<Removal>();
      for (var removal : removals) {
        try {
          if (!dry) {
            remove(removal);
            gone.add(removal);
          }
        } catch (PublishException e) {
          return OutcomeView.failed(e.failure(), standing(gone), terminal);
        }
        if (!terminal.wantsJson()) {
          told(removal, dry, terminal);
        }
      }
      if (terminal.wantsJson()) {
        terminal.json(json(removals, dry));
      }
      return Exit.DONE;
    }
  }

  private static Removal removal(Reference reference, Switchboard lines)
      throws InterruptedException {
    var target = lines.keeper(reference.repository());
    return new Removal(reference, Named.digest(reference, target), target);
  }

  private static void remove(Removal removal) throws InterruptedException {
    var tag = removal.reference().tag();
    if (tag.isPresent()) {
      removal.target().delete(tag.get());
    } else {
      var _ = removal.target().delete(removal.digest());
    }
  }

  /** What is gone when the next one could not be removed. */
  private static Standing standing(List<Removal> gone) {
    return new Standing(
        gone.stream()
            .map(removal ->
                new Standing.Place(
                    removal.reference().repository(),
                    Standing.Reach.POINTED,
                    removal.reference().tag().stream()
                        .map(tag ->
                            new Standing.Stand(
                                tag, Optional.of(removal.digest()), Optional.empty(), true))
                        .toList()))
            .toList());
  }

  private static void told(Removal removal, boolean dry, Terminal terminal) {
    terminal.result(
        dry
            ? new Text("would remove {0} (now at {1})", "将删除 {0}（当前指向 {1}）")
            : new Text("removed {0} (was at {1})", "已删除 {0}（原指向 {1}）"),
        removal.reference(),
        removal.digest());
    if (removal.wholeManifest() && dry) {
      terminal.note(new Text("with it goes every tag that points at it", "指向它的所有标签会一并消失"));
    }
  }

  private static Json.Obj json(List<Removal> removals, boolean dry) {
    var items = new ArrayList<Json>();
    for (var removal : removals) {
      items.add(
          DigestCommand.document(removal.reference())
              .with("digest", removal.digest().toString())
              .with("removed", new Json.Bool(!dry)));
    }
    return Json.object().with("dryRun", new Json.Bool(dry)).with("removals", new Json.Arr(items));
  }
}
