package dev.gantry.rules;

import dev.gantry.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** What is wrong in a YAML file, each with its place. */
final class YamlFaults {
  private final String file;
  private final List<Failure.Problem> problems = new ArrayList<>();

  YamlFaults(String file) {
    this.file = file;
  }

  void add(Node at, String what, String todo) {
    add(at.getStartMark().map(this::place).orElse(file), what, todo);
  }

  void add(String where, String what, String todo) {
    problems.add(new Failure.Problem("other", what, where, todo));
  }

  /** File, line and column, both counted from 1. */
  String place(Mark mark) {
    return file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }

  String file() {
    return file;
  }

  List<Failure.Problem> all() {
    return List.copyOf(problems);
  }

  /** The line of a node, counted from 1. */
  static String line(Node node) {
    return node.getStartMark().map(mark -> String.valueOf(mark.getLine() + 1)).orElse("?");
  }
}
