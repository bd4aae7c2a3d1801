package dev.gantry.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * From a form and the words behind the command's name to what was given. The model is built for the
 * one command asked for, without annotations: thirty annotated commands cost half a second.
 */
final class Parser {
  private final Form form;
  private final Set<String> names;
  private final List<String> withoutValue = new ArrayList<>();

  Parser(Form form) {
    this.form = form;
    this.names = form.options().stream().map(Form.Option::name).collect(Collectors.toSet());
  }

  Given parse(List<String> words) {
    var commandLine = new CommandLine(spec());
    commandLine
        .setExpandAtFiles(false)
        .setInterpolateVariables(false)
        .setPosixClusteredShortOptionsAllowed(false)
        .setUnmatchedArgumentsAllowed(true)
        .setAllowOptionsAsOptionParameters(true)
        .setOverwrittenOptionsAllowed(false)
        .setTrimQuotes(false);
    try {
      var parsed = commandLine.parseArgs(words.toArray(String[]::new));
      if (!withoutValue.isEmpty()) {
        throw Refusal.valueless(form, withoutValue.getFirst());
      }
      return given(parsed);
    } catch (ParameterException e) {
      throw Refusal.of(form, e);
    }
  }

  /** picocli's model of the form; every value is text, which the command reads itself. */
  private CommandSpec spec() {
    var spec = CommandSpec.create().name(form.name());
    for (var option : form.options()) {
      var names = new ArrayList<>(List.of(option.name()));
      form.shortOf(option).ifPresent(names::add);
      var builder = OptionSpec.builder(names.toArray(String[]::new));
      switch (option.takes()) {
        case NOTHING -> builder.type(boolean.class).arity("0");
        case VALUE -> builder.type(String.class).arity("1").preprocessor(needed(option));
        case VALUES ->
            builder
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .preprocessor(needed(option));
        case PERHAPS -> builder.type(String.class).arity("1").preprocessor(Parser::attachedOnly);
      }
      spec.addOption(builder.build());
    }
    return spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build());
  }

  /**
   * A value is the next word, also one that begins with a dash; only where that word is an option
   * itself, the value was forgotten. Behind {@code =} anything is a value.
   */
  private CommandLine.IParameterPreprocessor needed(Form.Option option) {
    return (words, _, _, how) -> {
      boolean attached = "=".equals(how.get("separator"));
      if (!attached && !words.isEmpty()) {
        var next = words.peek();
        int equals = next.indexOf('=');
        if (next.equals("--") || names.contains(equals < 0 ? next : next.substring(0, equals))) {
          withoutValue.add(option.name());
        }
      }
      return false;
    };
  }

  /** Without {@code =} the option has no value, whatever the next word is. */
  private static boolean attachedOnly(
      Stack<String> words, CommandSpec spec, ArgSpec option, Map<String, Object> how) {
    if (!"=".equals(how.get("separator"))) {
      words.push("");
    }
    return false;
  }

  private Given given(ParseResult parsed) {
    if (!parsed.unmatched().isEmpty()) {
      throw Refusal.unknown(form, parsed.unmatched().getFirst());
    }
    var options = new LinkedHashMap<String, List<String>>();
    for (var option : form.options()) {
      var match = parsed.matchedOption(option.name());
      if (match == null) {
        continue;
      }
      var values = match.originalStringValues();
      switch (option.takes()) {
        case NOTHING -> options.put(option.name(), List.of());
        case VALUE, VALUES -> options.put(option.name(), List.copyOf(values));
        case PERHAPS ->
            options.put(option.name(), values.stream().filter(value -> !value.isEmpty()).toList());
      }
      for (var value : values) {
        if (!option.choices().isEmpty() && !option.choices().contains(value)) {
          throw Refusal.choice(option, value);
        }
      }
    }
    var words =
        parsed.hasMatchedPositional(0)
            ? parsed.matchedPositional(0).originalStringValues()
            : List.<String>of();
    return new Given(options, arguments(words, options.containsKey("--help")));
  }

  private Map<String, List<String>> arguments(List<String> words, boolean anyNumber) {
    var arguments = new LinkedHashMap<String, List<String>>();
    int at = 0;
    for (var argument : form.arguments()) {
      int end = (int) Math.min(words.size(), (long) at + argument.most());
      if (end - at < argument.least() && !anyNumber) {
        throw Refusal.missing(form, argument);
      }
      arguments.put(argument.label(), List.copyOf(words.subList(at, end)));
      at = end;
    }
    if (at < words.size() && !anyNumber) {
      throw Refusal.tooMuch(form, words.get(at));
    }
    return arguments;
  }
}
