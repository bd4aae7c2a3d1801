package dev.gantry.cli;

import dev.gantry.tags.Presets;
import java.util.List;

/** The options of {@code gantry tags}. */
final class TagsForm {
  private TagsForm() {}

  /** The inputs of docker/metadata-action and ours. */
  static void inputs(Form form) {
    form.option("--images", "LIST", new Text("names of the images, one a line", "镜像名称，每行一个"))
        .option(
            "--tags",
            "LIST",
            new Text(
                "rules, one a line, as type=semver,pattern={{version}}",
                "规则，每行一条，如 type=semver,pattern={{version}}"))
        .option(
            "--flavor",
            "LIST",
            new Text(
                "latest=, prefix= and suffix= for all rules", "适用于所有规则的 latest=、prefix=、suffix="))
        .option(
            "--labels", "LIST", new Text("labels of your own, key=value", "自定义 label，key=value"))
        .option(
            "--annotations",
            "LIST",
            new Text("annotations of your own, key=value", "自定义 annotation，key=value"))
        .option(
            "--context", "workflow|git", new Text("where ref and commit come from", "ref 与提交的来源"))
        .option("--sep-tags", "TEXT", new Text("what stands between tags", "标签之间的分隔符"))
        .option("--sep-labels", "TEXT", new Text("what stands between labels", "label 之间的分隔符"))
        .option(
            "--sep-annotations",
            "TEXT",
            new Text("what stands between annotations", "annotation 之间的分隔符"))
        .option("--bake-target", "NAME", new Text("target in the bake files", "bake 文件中的 target"))
        .option(
            "--variants",
            "LIST",
            new Text(
                "architectures or flavours with tags of their own, as amd64,arm64",
                "各有独立标签的架构或变体，如 amd64,arm64"))
        .option("--case", "keep|lower|upper", new Text("letters of the tags", "标签的大小写"))
        .option(
            "--max-length",
            "N",
            new Text("longer tags are cut, with an ending of their own", "超长标签会截断并加上唯一后缀"))
        .choice(
            "--push",
            List.of("auto", "always", "never"),
            new Text("whether the plan says to push", "计划是否要求推送"));
  }

  /** Where rules and facts come from. */
  static void sources(Form form) {
    form.choice("--preset", Presets.NAMES, new Text("rules of a known strategy", "使用已知策略的规则"))
        .option(
            "--rules",
            "FILE",
            new Text("inputs from a YAML file, or - for stdin", "从 YAML 文件（或 - 表示标准输入）读取输入"))
        .flag(
            "--compat",
            new Text(
                "answer exactly as docker/metadata-action does", "与 docker/metadata-action 完全一致"))
        .option(
            "--repository-json",
            "FILE",
            new Text("the API's repository object, in place of a request", "API 的仓库对象，代替请求"))
        .choice(
            "--releases-from",
            List.of("git", "registry"),
            new Text(
                "what the highest release is told by (default: git tags)", "依据什么判断最高版本（默认：git 标签）"))
        .option("--now", "TIME", new Text("the time of the plan, ISO 8601", "计划使用的时间，ISO 8601"));
  }

  /** What is shown, and how. */
  static void outputs(Form form) {
    form.choice(
            "--output",
            TagsText.KINDS,
            new Text("what is printed: tags, or one of the other forms", "输出内容"))
        .flag(
            "--explain",
            new Text(
                "for each tag its rule and its source, for each rule why it gave nothing",
                "说明每个标签的规则与来源，以及规则没有产生标签的原因"))
        .flag(
            "--github",
            new Text(
                "write GITHUB_OUTPUT, GITHUB_ENV and the bake files, as the action does",
                "像 action 一样写入 GITHUB_OUTPUT、GITHUB_ENV 和 bake 文件"))
        .flag("--simulate", new Text("a table of the tags for each kind of event", "各类事件所得标签的表格"))
        .option(
            "--from-workflow",
            "FILE",
            new Text("simulate with a workflow's rules and triggers", "用工作流的规则和触发器模拟"))
        .list(
            "--docs",
            "FILE",
            new Text(
                "documents whose tags must exist (default: README*.md)",
                "其中标签必须存在的文档（默认 README*.md）"))
        .example(
            "gantry tags --preset ghcr --images ghcr.io/you/app",
            new Text("the tags of this commit by a known strategy", "按已知策略得到此提交的标签"))
        .example(
            "gantry tags --images app --tags 'type=semver,pattern={{version}}' --explain",
            new Text("where each tag comes from", "每个标签从何而来"));
  }
}
