package dev.gantry.tags.template;

import dev.gantry.tags.template.Node.Argument;
import dev.gantry.tags.template.Node.Call;
import dev.gantry.tags.template.Node.Program;
import java.util.LinkedHashSet;
import java.util.Set;

/** The first steps of all paths in a template: what it asks the context for. */
final class Names {
  private final Set<String> found = new LinkedHashSet<>();

  private Names() {}

  static Set<String> in(Program program) {
    var names = new Names();
    names.walk(program);
    return names.found;
  }

  private void walk(Program program) {
    for (var node : program.body()) {
      switch (node) {
        case Node.Content _, Node.Comment _ -> {}
        case Node.Mustache mustache -> call(mustache.call());
        case Node.Partial partial -> partial.otherwise().ifPresent(this::walk);
        case Node.Block block -> {
          call(block.call());
          block.program().ifPresent(this::walk);
          block.inverse().ifPresent(this::walk);
        }
      }
    }
  }

  private void call(Call call) {
    argument(call.path());
    call.arguments().forEach(this::argument);
    call.options().values().forEach(this::argument);
  }

  private void argument(Argument argument) {
    switch (argument) {
      case Node.Path path -> {
        if (!path.parts().isEmpty()) {
          found.add(path.parts().getFirst());
        }
      }
      case Node.Nested(var call) -> call(call);
      case Node.Literal _ -> {}
    }
  }
}
