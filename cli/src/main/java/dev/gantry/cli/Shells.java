package dev.gantry.cli;

import java.util.stream.Collectors;

/** Completion scripts, written from the table of commands and their forms. */
final class Shells {
  private Shells() {}

  /** For bash 4 and later: names of commands first, then options and, behind some, their values. */
  static String bash() {
    var script = new StringBuilder();
    script.append("# bash completion for gantry\n_gantry() {\n");
    script.append("  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n");
    script.append("  COMPREPLY=()\n  if [ \"$COMP_CWORD\" -eq 1 ]; then\n");
    script.append("    mapfile -t COMPREPLY < <(compgen -W '");
    script.append(String.join(" ", Commands.names())).append(" --help --version' -- \"$word\")\n");
    script.append("    return\n  fi\n  case \"${COMP_WORDS[1]} $before\" in\n");
    for (var entry : Commands.all()) {
      for (var option : Commands.make(entry.name()).form().options()) {
        if (!option.choices().isEmpty()) {
          script.append("    '").append(entry.name()).append(' ').append(option.name());
          script.append("') mapfile -t COMPREPLY < <(compgen -W '");
          script.append(String.join(" ", option.choices())).append("' -- \"$word\"); return ;;\n");
        }
      }
    }
    script.append("  esac\n  case \"${COMP_WORDS[1]}\" in\n");
    for (var entry : Commands.all()) {
      var names =
          Commands.make(entry.name()).form().options().stream()
              .map(Form.Option::name)
              .collect(Collectors.joining(" "));
      script.append("    ").append(entry.name()).append(") [[ $word == -* ]] && ");
      script.append("mapfile -t COMPREPLY < <(compgen -W '").append(names);
      script.append("' -- \"$word\") ;;\n");
    }
    return script.append("  esac\n}\ncomplete -o default -F _gantry gantry").toString();
  }

  /** For zsh, by its compsys. */
  static String zsh() {
    var script = new StringBuilder("#compdef gantry\n_gantry() {\n  local -a commands\n");
    script.append("  commands=(\n");
    for (var entry : Commands.all()) {
      script.append("    '").append(entry.name()).append(':');
      script.append(plain(entry.summary().en()).replace(":", "\\:")).append("'\n");
    }
    script.append("  )\n  if (( CURRENT == 2 )); then\n    _describe command commands\n");
    script.append("    return\n  fi\n  case $words[2] in\n");
    for (var entry : Commands.all()) {
      script.append("    ").append(entry.name()).append(")\n      _arguments");
      for (var option : Commands.make(entry.name()).form().options()) {
        script.append(" \\\n        '").append(zshOption(option)).append('\'');
      }
      script.append(" \\\n        '*:file:_files'\n      ;;\n");
    }
    return script.append("  esac\n}\ncompdef _gantry gantry").toString();
  }

  private static String zshOption(Form.Option option) {
    var told = "[" + plain(option.text().en()).replace("[", "(").replace("]", ")") + "]";
    var values =
        option.choices().isEmpty()
            ? ":value:_files"
            : ":value:(" + String.join(" ", option.choices()) + ")";
    return switch (option.takes()) {
      case NOTHING -> option.name() + told;
      case VALUE -> option.name() + told + values;
      case VALUES -> "*" + option.name() + told + values;
      case PERHAPS -> option.name() + "=-" + told + "::value:";
    };
  }

  /** For fish. */
  static String fish() {
    var script = new StringBuilder("# fish completion for gantry\n");
    for (var entry : Commands.all()) {
      script.append("complete -c gantry -n __fish_use_subcommand -f -a ").append(entry.name());
      script.append(" -d '").append(plain(entry.summary().en())).append("'\n");
    }
    for (var entry : Commands.all()) {
      for (var option : Commands.make(entry.name()).form().options()) {
        script.append("complete -c gantry -n '__fish_seen_subcommand_from ").append(entry.name());
        script.append("' -l ").append(option.name().substring(2));
        if (!option.choices().isEmpty()) {
          script.append(" -x -a '").append(String.join(" ", option.choices())).append('\'');
        } else if (option.takes() == Form.Takes.VALUE || option.takes() == Form.Takes.VALUES) {
          script.append(" -r");
        }
        script.append(" -d '").append(plain(option.text().en())).append("'\n");
      }
    }
    return script.toString().stripTrailing();
  }

  /** Without the quotes that would end the shell's own. */
  private static String plain(String text) {
    return text.replace("'", "").replace("\\", "");
  }
}
