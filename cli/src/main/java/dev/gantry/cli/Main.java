package dev.gantry.cli;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import dev.gantry.rules.OfflineRules;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The program: finds the command, carries it out, says what went wrong, gives the exit code. */
public final class Main {
  private Main() {}

  /** Runs one command line. The launcher tells by properties what Java cannot see cheaply. */
  public static void main(String[] words) {
    var environment = new HashMap<>(System.getenv());
    var locale = System.getProperty("gantry.locale");
    if (locale != null) {
      // The launcher had to replace LC_ALL, so that arguments arrive whole.
      environment.put("LC_ALL", locale);
    }
    var terminal =
        new Terminal(
            System.in,
            utf8(FileDescriptor.out),
            utf8(FileDescriptor.err),
            environment,
            View.of(
                environment,
                Boolean.getBoolean("gantry.terminal"),
                Integer.getInteger("gantry.width", View.USUAL_WIDTH)));
    var interruption = Interruption.watch(Thread.currentThread());
    int code = run(List.of(words), terminal).code();
    interruption.ended(code);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  /** Runs one command line on a terminal. */
  static Exit run(List<String> given, Terminal terminal) {
    var words = ordered(given);
    // Known before the line is parsed, so that a refusal of it speaks the right language and form.
    var early = terminal.with(early(words, terminal));
    try {
      return dispatch(words, early);
    } catch (Misuse misuse) {
      return refused(misuse, early);
    } catch (PublishException e) {
      return OutcomeView.failed(e.failure(), early);
    } catch (Malformed fault) {
      return OutcomeView.failed(
          new Failure.Refused(Failure.Stage.REQUEST, OfflineRules.finding(fault).problem()), early);
    } catch (InterruptedException _) {
      return OutcomeView.failed(new Failure.Cancelled(Failure.Stage.REQUEST, "interrupted"), early);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return OutcomeView.failed(new Failure.Defect(Failure.Stage.REQUEST, e), early);
    }
  }

  private static Exit dispatch(List<String> words, Terminal terminal) throws InterruptedException {
    var first = words.isEmpty() ? "--help" : words.getFirst();
    return switch (first) {
      case "--version", "version" -> {
        terminal.result(Version.line());
        yield Exit.DONE;
      }
      case "--help", "-h" -> {
        Help.all(terminal.lang(), width(terminal)).forEach(terminal::result);
        yield Exit.DONE;
      }
      case "help" ->
          dispatch(
              words.size() < 2 ? List.of("--help") : List.of(words.get(1), "--help"), terminal);
      default -> {
        if (first.startsWith("-")) {
          throw Refusal.unknownGlobal(first);
        }
        yield command(first, words.subList(1, words.size()), terminal);
      }
    };
  }

  private static Exit command(String name, List<String> words, Terminal terminal)
      throws InterruptedException {
    var command = Commands.make(name);
    var form = command.form();
    if (words.equals(List.of("-h"))) {
      words = List.of("--help");
    }
    var given = new Parser(form).parse(words);
    var seen = terminal.with(terminal.view().with(given));
    if (given.has("--help")) {
      Help.of(form, seen.lang(), width(seen)).forEach(seen::result);
      return Exit.DONE;
    }
    return command.run(given, seen);
  }

  private static int width(Terminal terminal) {
    return Math.clamp(terminal.view().width(), 60, 100);
  }

  /** Common options may also stand before the command's name; they are moved behind it. */
  private static List<String> ordered(List<String> given) {
    int at = 0;
    var moved = new ArrayList<String>();
    while (at < given.size()) {
      var word = given.get(at);
      if (word.equals("--lang") || word.equals("--progress")) {
        moved.addAll(given.subList(at, Math.min(given.size(), at + 2)));
        at += 2;
      } else if (word.equals("--quiet")
          || word.equals("--json")
          || word.startsWith("--lang=")
          || word.startsWith("--progress=")) {
        moved.add(word);
        at++;
      } else {
        break;
      }
    }
    if (at == 0 || at >= given.size()) {
      return given;
    }
    var words = new ArrayList<>(List.of(given.get(at)));
    words.addAll(moved);
    words.addAll(given.subList(at + 1, given.size()));
    return words;
  }

  private static View early(List<String> words, Terminal terminal) {
    var view = terminal.view();
    var lang = view.lang();
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      if (word.startsWith("--lang=")) {
        lang = Lang.of(word.substring("--lang=".length())).orElse(lang);
      } else if (word.equals("--lang") && i + 1 < words.size()) {
        lang = Lang.of(words.get(i + 1)).orElse(lang);
      }
    }
    return new View(
        lang,
        words.contains("--json"),
        words.contains("--quiet"),
        view.progress(),
        view.colours(),
        view.width());
  }

  private static Exit refused(Misuse misuse, Terminal terminal) {
    if (terminal.wantsJson()) {
      terminal.json(
          Json.object()
              .with("outcome", "usage")
              .with("exit", new Json.Num(Exit.USAGE.code()))
              .with(
                  "error",
                  new Json.Obj(
                      Map.of(
                          "what",
                          new Json.Str(misuse.what().en()),
                          "do",
                          new Json.Str(misuse.todo().en())))));
    }
    var lang = terminal.lang();
    terminal.error(
        terminal.red("gantry: ")
            + terminal.bold(misuse.what().in(lang))
            + "\n  "
            + new Text("do: ", "处理：").in(lang)
            + misuse.todo().in(lang));
    return Exit.USAGE;
  }
}
