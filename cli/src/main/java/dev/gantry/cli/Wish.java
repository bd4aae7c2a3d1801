package dev.gantry.cli;

import dev.gantry.Destination;
import dev.gantry.PublishRequest;
import dev.gantry.PublishRequest.Mode;
import dev.gantry.PublishRequest.Verify;
import dev.gantry.oci.Platform;
import dev.gantry.oci.Reference;
import dev.gantry.oci.Repository;
import dev.gantry.oci.Tag;
import dev.gantry.plan.Plan.Overwrite;
import dev.gantry.source.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** The options that say what is published and how, as {@code push} and {@code copy} share them. */
final class Wish {
  private Wish() {}

  /** Adds them to a form. */
  static Form options(Form form) {
    return form.list(
            "--tag", "TAG", new Text("point this tag too, in every target", "在每个目标中同时指向该标签"))
        .option(
            "--tags-from",
            "FILE",
            new Text(
                "point the tags that the rules in this file give here (gantry tags --rules; - for"
                    + " standard input)",
                "同时指向该规则文件在此处得出的标签（见 gantry tags --rules；- 表示标准输入）"))
        .option(
            "--platform",
            "OS/ARCH",
            new Text("only this image of an index, as linux/arm64", "只取索引中的该平台镜像，如 linux/arm64"))
        .perhaps(
            "--dry-run",
            "full",
            new Text(
                "print the plan and write nothing; =full compresses first, so that every digest is"
                    + " known",
                "只输出计划，不写入任何内容；=full 先压缩以得出全部摘要"))
        .flag(
            "--commands",
            new Text(
                "print the docker commands that would do the same, and do nothing",
                "输出等效的 docker 命令，不执行任何操作"))
        .flag(
            "--no-overwrite",
            new Text(
                "refuse, before anything is sent, if a tag stands at another image",
                "若标签已指向其他镜像，则在发送前拒绝"))
        .choice(
            "--verify",
            List.of("present", "content"),
            new Text(
                "what is read back: that all is there (default), or every byte",
                "回读方式：确认全部在位（默认），或逐字节校验"))
        .option("--receipt", "FILE", new Text("write the receipt here, as JSON", "将回执以 JSON 写入该文件"))
        .perhaps(
            "--rehearse",
            "KIND",
            new Text(
                "publish to a registry in this process that stands in for the real one, behaving"
                    + " like KIND",
                "发布到进程内的替身仓库（可模拟指定种类），不触及真实仓库"))
        .option("--username", "NAME", new Text("sign in to the target as this user", "以该用户登录目标仓库"))
        .flag(
            "--password-stdin",
            new Text(
                "read the password for --username from standard input", "从标准输入读取 --username 的密码"))
        .option(
            "--concurrency",
            "N",
            new Text("requests to one registry at a time (default 8)", "同一仓库的并发请求数（默认 8）"));
  }

  /** The request that the options and words mean. */
  static PublishRequest request(Given given, Source source, List<String> targets) {
    return request(given, source, targets, List.of());
  }

  /** The same with tags that were planned by rules. */
  static PublishRequest request(
      Given given, Source source, List<String> targets, List<Tag> planned) {
    var tags =
        Stream.concat(given.texts("--tag").stream().map(Tag::new), planned.stream())
            .distinct()
            .toList();
    return new PublishRequest(
        source,
        destinations(targets, tags),
        given.text("--platform").map(Platform::parse),
        mode(given),
        given.has("--no-overwrite") ? Overwrite.REFUSED : Overwrite.ALLOWED,
        given.text("--verify").filter("content"::equals).isPresent()
            ? Verify.CONTENT
            : Verify.PRESENT,
        given.duration("--timeout"));
  }

  private static Mode mode(Given given) {
    if (!given.has("--dry-run")) {
      return Mode.PUSH;
    }
    var how = given.text("--dry-run");
    if (how.isEmpty()) {
      return Mode.PLAN;
    }
    if (how.get().equals("full")) {
      return Mode.PLAN_FULL;
    }
    throw Misuse.of(
        new Text("--dry-run is '{0}'", "--dry-run 的值是“{0}”"),
        new Text("write --dry-run or --dry-run=full", "请写 --dry-run 或 --dry-run=full"),
        how.get());
  }

  /** One destination a repository, with every tag that was named for it. */
  static List<Destination> destinations(List<String> targets, List<Tag> tags) {
    var wanted = new LinkedHashMap<Repository, List<Tag>>();
    for (var word : targets) {
      var reference = Named.reference(word);
      if (reference.digest().isPresent()) {
        throw Misuse.of(
            new Text("the target {0} has a digest", "目标 {0} 带有摘要"),
            new Text(
                "a digest is what an image is, and cannot be chosen: write {1}",
                "摘要由镜像内容决定，不能指定：请写 {1}"),
            word,
            new Reference(reference.repository(), reference.tag(), java.util.Optional.empty()));
      }
      if (reference.tag().isEmpty() && tags.isEmpty()) {
        throw Misuse.of(
            new Text("the target {0} names no tag", "目标 {0} 没有标签"),
            new Text(
                "write {0}:latest if that is meant, or add --tag TAG",
                "若指 latest，请写 {0}:latest，或加 --tag TAG"),
            word);
      }
      var all = wanted.computeIfAbsent(reference.repository(), _ -> new ArrayList<>());
      reference.tag().ifPresent(all::add);
      all.addAll(tags);
    }
    return wanted.entrySet().stream()
        .map(one -> new Destination(one.getKey(), one.getValue()))
        .toList();
  }
}
