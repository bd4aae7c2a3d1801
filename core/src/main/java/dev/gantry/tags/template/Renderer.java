package dev.gantry.tags.template;

import dev.gantry.oci.Malformed;
import dev.gantry.tags.template.Node.Argument;
import dev.gantry.tags.template.Node.Call;
import dev.gantry.tags.template.Node.Path;
import dev.gantry.tags.template.Node.Program;
import dev.gantry.tags.template.Value.Fn;
import dev.gantry.tags.template.Value.Nothing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks a template and writes its text. A name alone is looked up in the language's functions, then
 * in the context, and called if it is a function; a name with arguments must be a function; a path
 * is never one of the language's functions (handlebars.js, compiler.js and runtime.js).
 */
final class Renderer {
  private static final Set<String> KNOWN = Set.of("if", "unless", "each", "with", "lookup", "log");

  /** The deepest nesting of blocks that is rendered. */
  private static final int DEEPEST = 200;

  private final String source;
  private final Value.Obj root;
  private final Template.Dialect dialect;

  Renderer(String source, Value.Obj root, Template.Dialect dialect) {
    this.source = source;
    this.root = root;
    this.dialect = dialect;
  }

  /**
   * Where the walk stands.
   *
   * @param contexts what {@code this} and {@code ..} mean, innermost first
   * @param locals the {@code @names}
   * @param named the names given by {@code as |…|}, innermost first
   */
  private record Frame(
      List<Value> contexts, Map<String, Value> locals, List<Map<String, Value>> named, int level) {
    Value self() {
      return contexts.getFirst();
    }

    Frame into(Value context, Map<String, Value> locals, Map<String, Value> names) {
      var more = new ArrayList<>(contexts);
      if (!context.equals(contexts.getFirst())) {
        more.addFirst(context);
      }
      var allNamed = new ArrayList<>(named);
      allNamed.addFirst(names);
      return new Frame(more, locals, allNamed, level + 1);
    }

    Optional<Value> name(String name) {
      return named.stream()
          .filter(names -> names.containsKey(name))
          .findFirst()
          .map(names -> names.getOrDefault(name, Nothing.UNDEFINED));
    }
  }

  String render(Program program) {
    var locals = Map.<String, Value>of("root", root);
    return render(program, new Frame(List.of(root), locals, List.of(Map.of()), 0));
  }

  private String render(Program program, Frame frame) {
    if (frame.level() > DEEPEST) {
      throw fault("more than " + DEEPEST + " blocks within each other");
    }
    var out = new StringBuilder();
    for (var node : program.body()) {
      switch (node) {
        case Node.Content content -> out.append(content.text);
        case Node.Comment _ -> {}
        case Node.Mustache mustache -> {
          var text = evaluate(mustache.call(), frame).render();
          out.append(mustache.escaped() && dialect.entities() ? escape(text) : text);
        }
        case Node.Block block -> out.append(block(block, frame));
        case Node.Partial partial ->
            out.append(
                render(
                    partial
                        .otherwise()
                        .orElseThrow(
                            () -> fault("the partial '" + partial.name() + "', which is nowhere")),
                    frame));
      }
    }
    return out.toString();
  }

  /** The value of an expression: of a name that may be a function, of a call, or of a path. */
  private Value evaluate(Call call, Frame frame) {
    var path = call.path();
    var bound = path.simple() && frame.name(path.parts().getFirst()).isPresent();
    if (!bound && call.certain()) {
      return call(call, frame);
    }
    if (bound || !path.simple()) {
      return lookup(path, frame) instanceof Fn(_, var function)
          ? function.call(List.of(), Optional.empty())
          : lookup(path, frame);
    }
    var name = path.parts().getFirst();
    if (KNOWN.contains(name)) {
      if (name.equals("log")) {
        return Nothing.UNDEFINED;
      }
      throw fault("'" + name + "' without what it needs");
    }
    return lookup(path, frame) instanceof Fn(_, var function)
        ? function.call(List.of(), Optional.of(Map.of()))
        : lookup(path, frame);
  }

  private Value call(Call call, Frame frame) {
    var path = call.path();
    var arguments = call.arguments().stream().map(each -> argument(each, frame)).toList();
    var options = new LinkedHashMap<String, Value>();
    call.options().forEach((key, value) -> options.put(key, argument(value, frame)));
    if (path.simple()) {
      switch (path.parts().getFirst()) {
        case "lookup" -> {
          return lookup(arguments);
        }
        case "log" -> {
          return Nothing.UNDEFINED;
        }
        case "if", "unless", "each", "with" ->
            throw fault("'" + path.original() + "' without # and a block");
        default -> {}
      }
    }
    return switch (lookup(path, frame)) {
      case Fn(_, var function) -> function.call(arguments, Optional.of(options));
      case Value value when value.truthy() ->
          throw fault("'" + path.original() + "' with arguments, and it is no function");
      case Value _ -> throw fault("an unknown function '" + path.original() + "'");
    };
  }

  private Value lookup(List<Value> arguments) {
    if (arguments.size() != 2) {
      throw fault("'lookup' with " + arguments.size() + " arguments in place of 2");
    }
    var from = arguments.getFirst();
    return from.truthy() ? from.member(arguments.get(1).render()) : from;
  }

  private Value argument(Argument argument, Frame frame) {
    return switch (argument) {
      case Node.Literal(var value) -> value;
      case Path path -> lookup(path, frame);
      case Node.Nested(var call) -> {
        var certain = new Call(call.path(), call.arguments(), call.options(), true);
        yield call(certain, frame);
      }
    };
  }

  private Value lookup(Path path, Frame frame) {
    var parts = path.parts();
    if (path.local()) {
      Value value = new Value.Obj(frame.locals());
      for (var part : parts) {
        value = value.member(part);
      }
      return value;
    }
    var from = 0;
    Value value;
    var bound =
        path.depth() == 0 && !path.scoped() && !parts.isEmpty()
            ? frame.name(parts.getFirst())
            : Optional.<Value>empty();
    if (bound.isPresent()) {
      value = bound.get();
      from = 1;
    } else {
      var contexts = frame.contexts();
      value = path.depth() < contexts.size() ? contexts.get(path.depth()) : Nothing.UNDEFINED;
    }
    if (dialect.strict() && bound.isEmpty() && !parts.isEmpty() && value.equals(root)) {
      known(parts.getFirst());
    }
    for (var part : parts.subList(from, parts.size())) {
      value = value == Nothing.UNDEFINED || value == Nothing.NULL ? value : value.member(part);
    }
    return value;
  }

  private void known(String name) {
    if (root.members().containsKey(name)) {
      return;
    }
    throw new Malformed(
        "an unknown expression; there are " + String.join(", ", root.members().keySet()), name);
  }

  private String block(Node.Block block, Frame frame) {
    var call = block.call();
    var path = call.path();
    var name = path.simple() ? path.parts().getFirst() : "";
    var bound = !name.isEmpty() && frame.name(name).isPresent();
    if (!bound && (KNOWN.contains(name) || call.certain())) {
      return switch (name) {
        case "if" -> branch(block, condition(call, frame), frame);
        case "unless" -> branch(block, !condition(call, frame), frame);
        case "each" -> each(block, single(call, frame), frame);
        case "with" -> with(block, single(call, frame), frame);
        default -> call(call, frame).render();
      };
    }
    var value = evaluate(call, frame);
    return switch (value) {
      case Value.Bool(var yes) -> branch(block, yes, frame);
      case Nothing _ -> branch(block, false, frame);
      case Value.Arr(var items) when items.isEmpty() -> branch(block, false, frame);
      case Value.Arr _ -> each(block, value, frame);
      case Value.Text _, Value.Num _, Value.Obj _, Fn _ ->
          block
              .program()
              .map(main -> render(main, frame.into(value, frame.locals(), Map.of())))
              .orElse("");
    };
  }

  private Value single(Call call, Frame frame) {
    if (call.arguments().size() != 1) {
      throw fault("'" + call.path().original() + "' without exactly one argument");
    }
    return argument(call.arguments().getFirst(), frame) instanceof Fn(_, var function)
        ? function.call(List.of(), Optional.empty())
        : argument(call.arguments().getFirst(), frame);
  }

  private boolean condition(Call call, Frame frame) {
    var value = single(call, frame);
    var zero =
        Optional.ofNullable(call.options().get("includeZero"))
            .map(option -> argument(option, frame).truthy())
            .orElse(false);
    return (zero || value.truthy()) && !value.empty();
  }

  private String branch(Node.Block block, boolean main, Frame frame) {
    return (main ? block.program() : block.inverse())
        .map(program -> render(program, frame.into(frame.self(), frame.locals(), Map.of())))
        .orElse("");
  }

  private String with(Node.Block block, Value value, Frame frame) {
    if (value.empty()) {
      return branch(block, false, frame);
    }
    return block
        .program()
        .map(main -> render(main, frame.into(value, frame.locals(), names(main, List.of(value)))))
        .orElse("");
  }

  private String each(Node.Block block, Value value, Frame frame) {
    var entries = new LinkedHashMap<String, Value>();
    switch (value) {
      case Value.Obj(var members) -> entries.putAll(members);
      case Value.Arr(var items) -> {
        for (var i = 0; i < items.size(); i++) {
          entries.put(Integer.toString(i), items.get(i));
        }
      }
      case Value.Text _, Value.Num _, Value.Bool _, Fn _, Nothing _ -> {}
    }
    if (entries.isEmpty()) {
      return branch(block, false, frame);
    }
    var out = new StringBuilder();
    var index = 0;
    for (var entry : entries.entrySet()) {
      var locals = new LinkedHashMap<>(frame.locals());
      locals.put("key", Value.of(entry.getKey()));
      locals.put("index", Value.of(index));
      locals.put("first", new Value.Bool(index == 0));
      locals.put("last", new Value.Bool(index == entries.size() - 1));
      index++;
      block
          .program()
          .ifPresent(main -> {
            var names = names(main, List.of(entry.getValue(), Value.of(entry.getKey())));
            out.append(render(main, frame.into(entry.getValue(), locals, names)));
          });
    }
    return out.toString();
  }

  private static Map<String, Value> names(Program program, List<Value> values) {
    var names = new LinkedHashMap<String, Value>();
    for (var i = 0; i < program.names().size(); i++) {
      names.put(program.names().get(i), i < values.size() ? values.get(i) : Nothing.UNDEFINED);
    }
    return names;
  }

  /** The text with the seven characters replaced that handlebars.js replaces. */
  static String escape(String text) {
    var out = new StringBuilder(text.length() + 8);
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#x27;");
        case '`' -> out.append("&#x60;");
        case '=' -> out.append("&#x3D;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  private Malformed fault(String what) {
    return new Malformed("the expression has " + what, source);
  }
}
