package dev.gantry.tags.template;

import static dev.gantry.tags.template.Token.Kind.*;

import dev.gantry.oci.Malformed;
import dev.gantry.tags.template.Node.Argument;
import dev.gantry.tags.template.Node.Call;
import dev.gantry.tags.template.Node.Path;
import dev.gantry.tags.template.Node.Program;
import dev.gantry.tags.template.Node.Strip;
import dev.gantry.tags.template.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads tokens by the grammar of the language (handlebars.js, handlebars.yy). */
final class TemplateParser {
  private final String source;
  private final List<Token> tokens;
  private int at;

  private TemplateParser(String source) {
    this.source = source;
    this.tokens = Lexer.split(source);
  }

  /** Reads a template as it was written, no white space removed. */
  static Program parse(String source) {
    var parser = new TemplateParser(source);
    var program = parser.program(List.of());
    parser.expect(EOF);
    return program;
  }

  private Program program(List<String> names) {
    var body = new ArrayList<Node>();
    while (true) {
      switch (peek()) {
        case CONTENT -> body.add(new Node.Content(next().text()));
        case COMMENT -> {
          var token = next();
          body.add(new Node.Comment(new Strip(token.stripsLeft(), token.stripsRight())));
        }
        case OPEN -> body.add(mustache(CLOSE));
        case OPEN_UNESCAPED -> body.add(mustache(CLOSE_UNESCAPED));
        case OPEN_BLOCK -> body.add(block());
        case OPEN_INVERSE -> body.add(inverted());
        case OPEN_RAW_BLOCK -> body.add(rawBlock());
        case OPEN_PARTIAL -> body.add(partial());
        case OPEN_PARTIAL_BLOCK -> body.add(partialBlock());
        case OPEN_ENDBLOCK, OPEN_INVERSE_CHAIN, INVERSE, EOF -> {
          return new Program(List.copyOf(body), names, false);
        }
        case CLOSE,
            CLOSE_UNESCAPED,
            CLOSE_RAW_BLOCK,
            END_RAW_BLOCK,
            OPEN_SEXPR,
            CLOSE_SEXPR,
            EQUALS,
            ID,
            SEP,
            STRING,
            NUMBER,
            BOOLEAN,
            UNDEFINED,
            NULL,
            DATA,
            OPEN_BLOCK_PARAMS,
            CLOSE_BLOCK_PARAMS,
            INVALID ->
            throw unexpected("text or an expression");
      }
    }
  }

  private Node mustache(Kind close) {
    var open = next();
    if (open.text().contains("*")) {
      throw fault("a decorator, which no rule can use,", open);
    }
    var call = call();
    var end = expect(close);
    var flag = open.text().charAt(open.text().length() - 1);
    var escaped = flag != '&' && close == CLOSE;
    return new Node.Mustache(call, escaped, new Strip(open.stripsLeft(), end.stripsRight()));
  }

  private Node block() {
    var open = next();
    if (open.text().endsWith("*")) {
      throw fault("a decorator, which no rule can use,", open);
    }
    var call = call();
    var names = names();
    var end = expect(CLOSE);
    var program = program(names);
    var rest = rest();
    var close = end(call.path());
    return new Node.Block(
        call,
        Optional.of(program),
        rest.map(Else::program).map(inverse -> closeChain(inverse, close)),
        new Strip(open.stripsLeft(), end.stripsRight()),
        rest.map(Else::strip).orElse(Strip.NONE),
        close);
  }

  /** The last block of a chain of {@code else if} ends with the braces that end the first. */
  private static Program closeChain(Program inverse, Strip close) {
    if (inverse.chained() && inverse.body().getFirst() instanceof Node.Block block) {
      return new Program(
          List.of(
              new Node.Block(
                  block.call(),
                  block.program(),
                  block.inverse(),
                  block.open(),
                  block.middle(),
                  close)),
          inverse.names(),
          true);
    }
    return inverse;
  }

  private Node inverted() {
    var open = next();
    var call = call();
    var names = names();
    var end = expect(CLOSE);
    var inverse = program(names);
    var rest = peek() == INVERSE ? rest() : Optional.<Else>empty();
    var close = end(call.path());
    return new Node.Block(
        call,
        rest.map(Else::program),
        Optional.of(inverse),
        new Strip(open.stripsLeft(), end.stripsRight()),
        rest.map(Else::strip).orElse(Strip.NONE),
        close);
  }

  private record Else(Program program, Strip strip) {}

  private Optional<Else> rest() {
    if (peek() == INVERSE) {
      var token = next();
      return Optional.of(
          new Else(program(List.of()), new Strip(token.stripsLeft(), token.stripsRight())));
    }
    if (peek() != OPEN_INVERSE_CHAIN) {
      return Optional.empty();
    }
    var open = next();
    var call = call();
    var names = names();
    var end = expect(CLOSE);
    var strip = new Strip(open.stripsLeft(), end.stripsRight());
    var program = program(names);
    var more = rest();
    var block =
        new Node.Block(
            call,
            Optional.of(program),
            more.map(Else::program),
            strip,
            more.map(Else::strip).orElse(Strip.NONE),
            strip);
    return Optional.of(new Else(new Program(List.of(block), List.of(), true), strip));
  }

  private Strip end(Path path) {
    var open = expect(OPEN_ENDBLOCK);
    var name = nameOf(argumentName());
    var close = expect(CLOSE);
    if (!path.original().equals(name)) {
      throw fault("'" + path.original() + "' ended by '" + name + "'", open);
    }
    return new Strip(open.stripsLeft(), close.stripsRight());
  }

  private Node rawBlock() {
    next();
    var call = call();
    expect(CLOSE_RAW_BLOCK);
    var body = new ArrayList<Node>();
    while (peek() == CONTENT) {
      body.add(new Node.Content(next().text()));
    }
    var end = expect(END_RAW_BLOCK);
    if (!call.path().original().equals(end.text())) {
      throw fault("'" + call.path().original() + "' ended by '" + end.text() + "'", end);
    }
    var program = new Program(List.copyOf(body), List.of(), false);
    return new Node.Block(
        call, Optional.of(program), Optional.empty(), Strip.NONE, Strip.NONE, Strip.NONE);
  }

  private Node partial() {
    var open = next();
    var name = partialName();
    arguments();
    var end = expect(CLOSE);
    var strip = new Strip(open.stripsLeft(), end.stripsRight());
    return new Node.Partial(name, Optional.empty(), strip, strip);
  }

  private Node partialBlock() {
    var open = next();
    var name = partialName();
    arguments();
    var end = expect(CLOSE);
    var program = program(List.of());
    var first = expect(OPEN_ENDBLOCK);
    var again = nameOf(argumentName());
    var close = expect(CLOSE);
    if (!name.equals(again)) {
      throw fault("'" + name + "' ended by '" + again + "'", first);
    }
    return new Node.Partial(
        name,
        Optional.of(program),
        new Strip(open.stripsLeft(), end.stripsRight()),
        new Strip(first.stripsLeft(), close.stripsRight()));
  }

  private String partialName() {
    return peek() == OPEN_SEXPR ? nested().call().path().original() : nameOf(argumentName());
  }

  private Call call() {
    var first = argumentName();
    var path =
        first instanceof Path named
            ? named
            : new Path(true, false, 0, List.of(nameOf(first)), nameOf(first));
    var arguments = arguments();
    return new Call(path, arguments.list(), arguments.options(), !arguments.options().isEmpty());
  }

  private record Arguments(List<Argument> list, Map<String, Argument> options) {}

  private Arguments arguments() {
    var list = new ArrayList<Argument>();
    while (startsArgument() && !startsOption()) {
      list.add(argument());
    }
    var options = new LinkedHashMap<String, Argument>();
    while (startsOption()) {
      var key = plain(next().text());
      expect(EQUALS);
      options.put(key, argument());
    }
    return new Arguments(List.copyOf(list), options);
  }

  private boolean startsOption() {
    return peek() == ID && tokens.get(at + 1).kind() == EQUALS;
  }

  private boolean startsArgument() {
    return switch (peek()) {
      case ID, STRING, NUMBER, BOOLEAN, UNDEFINED, NULL, DATA, OPEN_SEXPR -> true;
      default -> false;
    };
  }

  private Argument argument() {
    return peek() == OPEN_SEXPR ? nested() : argumentName();
  }

  private Node.Nested nested() {
    expect(OPEN_SEXPR);
    var call = call();
    expect(CLOSE_SEXPR);
    return new Node.Nested(call);
  }

  private Argument argumentName() {
    var token = tokens.get(at);
    return switch (token.kind()) {
      case STRING -> new Node.Literal(Value.of(next().text()));
      case NUMBER -> new Node.Literal(Value.of(Double.parseDouble(next().text())));
      case BOOLEAN -> new Node.Literal(new Value.Bool(next().text().equals("true")));
      case UNDEFINED -> {
        next();
        yield new Node.Literal(Value.Nothing.UNDEFINED);
      }
      case NULL -> {
        next();
        yield new Node.Literal(Value.Nothing.NULL);
      }
      case DATA -> {
        next();
        yield path(true);
      }
      case ID -> path(false);
      default -> throw unexpected("a name or a value");
    };
  }

  private Path path(boolean local) {
    var original = new StringBuilder(local ? "@" : "");
    var parts = new ArrayList<String>();
    var depth = 0;
    var separator = "";
    while (true) {
      var written = expect(ID);
      var part = plain(written.text());
      original.append(separator).append(part);
      var step = part.equals("..") || part.equals(".") || part.equals("this");
      if (step && part.equals(written.text())) {
        if (!parts.isEmpty()) {
          throw fault("an invalid path '" + original + "'", written);
        }
        depth += part.equals("..") ? 1 : 0;
      } else {
        parts.add(part);
      }
      if (peek() != SEP) {
        return new Path(false, local, depth, List.copyOf(parts), original.toString());
      }
      separator = next().text();
    }
  }

  private static String plain(String id) {
    return id.length() >= 2 && id.startsWith("[") && id.endsWith("]")
        ? id.substring(1, id.length() - 1)
        : id;
  }

  private static String nameOf(Argument argument) {
    return switch (argument) {
      case Path path -> path.original();
      case Node.Literal(var value) ->
          value == Value.Nothing.UNDEFINED
              ? "undefined"
              : value == Value.Nothing.NULL ? "null" : value.render();
      case Node.Nested(var call) -> call.path().original();
    };
  }

  private List<String> names() {
    if (peek() != OPEN_BLOCK_PARAMS) {
      return List.of();
    }
    next();
    var names = new ArrayList<String>();
    do {
      names.add(plain(expect(ID).text()));
    } while (peek() == ID);
    expect(CLOSE_BLOCK_PARAMS);
    return List.copyOf(names);
  }

  private Kind peek() {
    return tokens.get(at).kind();
  }

  private Token next() {
    return tokens.get(at++);
  }

  private Token expect(Kind kind) {
    if (peek() != kind) {
      throw unexpected(kind == CLOSE ? "}}" : kind.toString().toLowerCase(java.util.Locale.ROOT));
    }
    return next();
  }

  private Malformed unexpected(String wanted) {
    var token = tokens.get(at);
    var found = token.kind() == EOF ? "the end" : "'" + token.text() + "'";
    return fault(found + " where " + wanted + " should stand", token);
  }

  private Malformed fault(String what, Token token) {
    return new Malformed(
        "the expression has " + what,
        source,
        Math.min(token.at(), source.length()),
        Optional.empty());
  }
}
