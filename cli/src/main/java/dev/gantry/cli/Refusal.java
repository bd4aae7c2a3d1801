package dev.gantry.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;

/** What is said about a command line that does not fit its form. */
final class Refusal {
  private Refusal() {}

  /** What the parser objected to, in our words. */
  static Misuse of(Form form, ParameterException e) {
    return switch (e) {
      case MissingParameterException missing ->
          valueless(
              form,
              longest(missing.getMissing().isEmpty() ? null : missing.getMissing().getFirst()));
      case OverwrittenOptionException twice ->
          Misuse.of(
              new Text("{0} is given twice", "{0} 给了两次"),
              new Text("give it once", "只给一次"),
              longest(twice.getOverwritten()));
      default ->
          Misuse.of(
              new Text("{0}", "{0}"),
              new Text("see gantry {1} --help", "参见 gantry {1} --help"),
              String.valueOf(e.getMessage()),
              form.name());
    };
  }

  /** An option that needs a value and has none. */
  static Misuse valueless(Form form, String option) {
    return Misuse.of(
        new Text("{0} stands without its value", "{0} 缺少它的值"),
        new Text("write {0}=VALUE (gantry {1} --help)", "请写成 {0}=值（gantry {1} --help）"),
        option,
        form.name());
  }

  private static String longest(@Nullable ArgSpec spec) {
    return spec instanceof OptionSpec option ? option.longestName() : "an argument";
  }

  /** An option that the command does not have. */
  static Misuse unknown(Form form, String word) {
    int equals = word.indexOf('=');
    var name = equals < 0 ? word : word.substring(0, equals);
    var near = Nearest.of(name, form.options().stream().map(Form.Option::name).toList());
    return Misuse.of(
        new Text("gantry {0} has no option '{1}'", "gantry {0} 没有选项“{1}”"),
        near.isEmpty()
            ? new Text("see gantry {0} --help", "参见 gantry {0} --help")
            : new Text("did you mean {2}?", "是否想写 {2}？"),
        form.name(),
        name,
        String.join(", ", near));
  }

  /** A value outside the few that there are. */
  static Misuse choice(Form.Option option, String value) {
    var near = Nearest.of(value, option.choices());
    return Misuse.of(
        new Text("{0} cannot be '{1}'", "{0} 不能是“{1}”"),
        near.isEmpty()
            ? new Text("it takes one of: {2}", "可选值：{2}")
            : new Text("did you mean {3}? It takes one of: {2}", "是否想写 {3}？可选值：{2}"),
        option.name(),
        value,
        String.join(", ", option.choices()),
        String.join(", ", near));
  }

  /** An argument that must be there and is not. */
  static Misuse missing(Form form, Form.Argument argument) {
    return Misuse.of(
        new Text("gantry {0} needs {1}: {2}", "gantry {0} 缺少 {1}：{3}"),
        new Text("write: {4}", "写法：{4}"),
        form.name(),
        argument.label(),
        argument.text().en(),
        argument.text().zh(),
        Help.usage(form));
  }

  /** A word too many. */
  static Misuse tooMuch(Form form, String word) {
    var labels = form.arguments().stream().map(Form.Argument::label).toList();
    return Misuse.of(
        labels.isEmpty()
            ? new Text(
                "gantry {0} takes no argument; '{1}' is one too many", "gantry {0} 不接受参数，“{1}”是多余的")
            : new Text(
                "'{1}' is one argument too many for gantry {0}", "“{1}”对 gantry {0} 来说是多余的参数"),
        new Text("write: {2}", "写法：{2}"),
        form.name(),
        word,
        Help.usage(form));
  }

  /** An option where a command should stand. */
  static Misuse unknownGlobal(String word) {
    return Misuse.of(
        new Text("'{0}' stands where the command should", "“{0}” 出现在命令应在的位置"),
        new Text(
            "write gantry COMMAND [OPTIONS]; gantry --help lists the commands",
            "请写 gantry 命令 [选项]；gantry --help 列出全部命令"),
        word);
  }

  /** A command that is not there. */
  static Misuse command(String word, List<String> names) {
    var near = Nearest.of(word, names);
    return Misuse.of(
        new Text("there is no command '{0}'", "没有命令“{0}”"),
        near.isEmpty()
            ? new Text("gantry --help lists them all", "gantry --help 列出全部命令")
            : new Text(
                "did you mean {1}? gantry --help lists them all", "是否想写 {1}？gantry --help 列出全部命令"),
        word,
        String.join(", ", near));
  }
}
