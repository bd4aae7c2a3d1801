package dev.gantry.cli;

import dev.gantry.oci.Bytes;
import dev.gantry.oci.Config;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Json;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.Reference;
import dev.gantry.registry.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** {@code gantry inspect REF}: what an image or an index in a registry is made of. */
final class InspectCommand implements Command {
  /** The largest config that is read; real ones have a few kilobytes. */
  private static final int LARGEST_CONFIG = 8 << 20;

  @Override
  public Form form() {
    return Access.options(
        Form.of(
                "inspect",
                new Text(
                    "Shows what an image or index in a registry is made of: digest, platforms,"
                        + " layers, labels.",
                    "显示仓库中镜像或索引的组成：摘要、平台、层、标签信息。"))
            .flag("--raw", new Text("print the manifest's own bytes", "原样输出 manifest"))
            .flag("--config", new Text("print the config's own bytes", "原样输出 config"))
            .argument("REF", new Text("an image in a registry", "仓库中的镜像"))
            .example(
                "gantry inspect ghcr.io/octo/app:v1",
                new Text("digest, platforms, layers, labels", "摘要、平台、层、标签信息"))
            .example(
                "gantry inspect docker.io/library/alpine:3 --raw",
                new Text("the manifest, byte for byte", "逐字节输出 manifest")));
  }

  @Override
  public Exit run(Given given, Terminal terminal) throws InterruptedException {
    var reference = Named.image(given.argument("REF"));
    var access = Access.of(given, terminal);
    try (var wiring = access.wiring(List.of(reference.registry()), terminal.progress())) {
      var target = wiring.sources().source(reference.repository());
      var digest = Named.digest(reference, target);
      var manifest = target.manifest(digest).orElseThrow(() -> gone(reference));
      if (given.has("--raw")) {
        terminal.bytes(manifest.raw());
      } else if (given.has("--config")) {
        terminal.bytes(config(manifest, target, reference));
      } else if (terminal.wantsJson()) {
        terminal.json(json(reference, manifest, target));
      } else {
        text(reference, manifest, target, terminal);
      }
      return Exit.DONE;
    }
  }

  private static RuntimeException gone(Reference reference) {
    return Access.refused(
        "name.repository-missing",
        "the manifest went away while it was looked at",
        reference.toString(),
        "run the command again");
  }

  private static Bytes config(Manifest manifest, Target target, Reference reference)
      throws InterruptedException {
    if (manifest instanceof Manifest.Image image) {
      return read(image.config(), target);
    }
    throw Access.refused(
        "content.platform",
        "an index has no config; its images have",
        reference.toString(),
        "name one of the digests that gantry inspect shows");
  }

  private static Bytes read(Descriptor blob, Target target) throws InterruptedException {
    try (var in = target.open(blob)) {
      return Bytes.of(in.readNBytes(LARGEST_CONFIG));
    } catch (IOException e) {
      throw Access.refused(
          "net.reset",
          "the config broke off: " + e.getMessage(),
          blob.digest().toString(),
          "run the command again");
    }
  }

  private static Json.Obj json(Reference reference, Manifest manifest, Target target)
      throws InterruptedException {
    var document =
        DigestCommand.document(reference)
            .with("digest", manifest.digest().toString())
            .with("mediaType", manifest.mediaType().value())
            .with("size", new Json.Num(manifest.raw().size()))
            .with("manifest", Json.parse(manifest.raw()));
    if (manifest instanceof Manifest.Image image && isImage(image)) {
      return document.with("config", Json.parse(read(image.config(), target)));
    }
    return document;
  }

  private static boolean isImage(Manifest.Image image) {
    return image.artifactType().isEmpty()
        && image.config().mediaType().value().endsWith("json")
        && image.config().size() > 2;
  }

  private static void text(Reference reference, Manifest manifest, Target target, Terminal terminal)
      throws InterruptedException {
    var rows = new ArrayList<String[]>();
    rows.add(row(new Text("name", "名称"), terminal, reference.toString()));
    rows.add(row(new Text("digest", "摘要"), terminal, manifest.digest().toString()));
    rows.add(row(new Text("type", "类型"), terminal, manifest.mediaType().value()));
    switch (manifest) {
      case Manifest.Index index -> {
        for (var child : index.manifests()) {
          rows.add(
              row(
                  new Text("image", "镜像"),
                  terminal,
                  child.platform().map(Object::toString).orElse("-") + "  " + child.digest()));
        }
      }
      case Manifest.Image image -> image(image, target, terminal, rows);
    }
    new TreeMap<>(manifest.annotations())
        .forEach(
            (key, value) -> rows.add(row(new Text("note", "注解"), terminal, key + "=" + value)));
    for (var row : rows) {
      terminal.result(Columns.padded(row[0], 10) + row[1]);
    }
  }

  private static void image(
      Manifest.Image image, Target target, Terminal terminal, List<String[]> rows)
      throws InterruptedException {
    if (isImage(image)) {
      var config = Config.parse(read(image.config(), target));
      config
          .platform()
          .ifPresent(
              platform -> rows.add(row(new Text("platform", "平台"), terminal, platform.toString())));
      new TreeMap<>(config.labels())
          .forEach(
              (key, value) -> rows.add(row(new Text("label", "标签"), terminal, key + "=" + value)));
    }
    long total = image.layers().stream().mapToLong(Descriptor::size).sum();
    rows.add(
        row(
            new Text("size", "大小"),
            terminal,
            Columns.bytes(total + image.config().size() + image.raw().size())));
    for (var layer : image.layers()) {
      rows.add(
          row(
              new Text("layer", "层"),
              terminal,
              layer.digest() + "  " + Columns.bytes(layer.size())));
    }
  }

  private static String[] row(Text label, Terminal terminal, String value) {
    return new String[] {label.in(terminal.lang()), value};
  }
}
