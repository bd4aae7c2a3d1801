package dev.gantry.explain.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The commands of a script, each with the line on which it begins. */
final class Shell {
  private static final int MOST_WORDS = 400;
  private static final Set<String> VALUED =
      Set.of(
          "-u",
          "--username",
          "-p",
          "--password",
          "-t",
          "--tag",
          "-f",
          "--file",
          "--platform",
          "--build-arg",
          "--target",
          "--cache-from",
          "--cache-to",
          "-o",
          "--output",
          "--label",
          "--secret",
          "--builder",
          "--name",
          "--driver",
          "--destination",
          "--context",
          "-d",
          "-c",
          "--authfile",
          "--creds",
          "--dest-creds",
          "--src-creds",
          "--metadata-file");

  private Shell() {}

  /** One command: its words, quotes removed. */
  record Command(List<String> words, String text, int line) {
    public Command {
      words = List.copyOf(words);
    }

    String word(int at) {
      return at < words.size() ? words.get(at) : "";
    }

    boolean starts(String... with) {
      for (var at = 0; at < with.length; at++) {
        if (!word(at).equals(with[at])) {
          return false;
        }
      }
      return true;
    }

    /** Words behind the first {@code from} that are neither options nor their values. */
    List<String> operands(int from) {
      var operands = new ArrayList<String>();
      for (var at = from; at < words.size(); at++) {
        var word = words.get(at);
        if (word.startsWith("<") || word.startsWith(">") || word.equals("2>")) {
          break;
        }
        if (VALUED.contains(word)) {
          at++;
        } else if (!word.startsWith("-")) {
          operands.add(word);
        }
      }
      return operands;
    }

    /** Every value of these options, written apart or behind =. */
    List<String> values(String... options) {
      var values = new ArrayList<String>();
      for (var at = 0; at < words.size(); at++) {
        for (var option : options) {
          if (words.get(at).equals(option) && at + 1 < words.size()) {
            values.add(words.get(at + 1));
          } else if (words.get(at).startsWith(option + "=")) {
            values.add(words.get(at).substring(option.length() + 1));
          }
        }
      }
      return values;
    }

    boolean has(String option) {
      return words.contains(option) || words.contains(option + "=true");
    }

    Optional<String> first(String... options) {
      return values(options).stream().findFirst();
    }
  }

  /** The commands of a script, with lines that go on behind a backslash in one. */
  static List<Command> commands(Node.Text script) {
    var commands = new ArrayList<Command>();
    var words = new StringBuilder();
    var begin = 0;
    for (var line : script.lines()) {
      var text = line.value();
      if (words.isEmpty()) {
        begin = line.line();
        if (text.startsWith("#")) {
          continue;
        }
      }
      if (text.endsWith("\\") && words.length() < 20_000) {
        words.append(text, 0, text.length() - 1).append(' ');
        continue;
      }
      split(words.append(text).toString(), begin, commands);
      words.setLength(0);
    }
    if (!words.isEmpty()) {
      split(words.toString(), begin, commands);
    }
    return commands;
  }

  private static void split(String line, int number, List<Command> into) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    var quote = '\0';
    var text = line + ";";
    var lastClose = text.lastIndexOf("}}");
    for (var at = 0; at < text.length(); at++) {
      var c = text.charAt(at);
      if (at < lastClose && text.startsWith("${{", at)) {
        var end = text.indexOf("}}", at) + 2;
        word.append(text, at, end);
        at = end - 1;
      } else if (quote != '\0') {
        if (c == quote) {
          quote = '\0';
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == ' ' || c == '\t' || c == ';' || c == '|' || c == '&') {
        if (!word.isEmpty() && words.size() < MOST_WORDS) {
          words.add(word.toString());
        }
        word.setLength(0);
        if (c != ' ' && c != '\t') {
          end(words, line, number, into);
        }
      } else {
        word.append(c);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString()); // a quote that is never closed
    }
    end(words, line, number, into);
  }

  private static void end(List<String> words, String line, int number, List<Command> into) {
    var from = 0;
    while (from < words.size() && prefix(words.get(from))) {
      from++;
    }
    if (from < words.size()) {
      into.add(new Command(words.subList(from, words.size()), line, number));
    }
    words.clear();
  }

  /** Words in front of a command that change nothing for us. */
  private static boolean prefix(String word) {
    return Set.of(
                "sudo", "exec", "time", "if", "then", "else", "do", "!", "retry", "-", "sh", "+",
                "eval", "(")
            .contains(word)
        || word.matches("[A-Za-z_]\\w{0,60}=\\S{0,200}");
  }
}
