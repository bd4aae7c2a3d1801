package dev.gantry.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
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

  Parser(Form form) {
    this.form = form;
  }

  Given parse(List<String> words) {
    var commandLine = new CommandLine(spec());
    commandLine
        .setExpandAtFiles(false)
        .setInterpolateVariables(false)
        .setPosixClusteredShortOptionsAllowed(false)
        .setUnmatchedArgumentsAllowed(true)
        .setOverwrittenOptionsAllowed(false)
        .setTrimQuotes(false);
    try {
      return given(commandLine.parseArgs(words.toArray(String[]::new)));
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
        case VALUE -> builder.type(String.class).arity("1");
        case VALUES -> builder.type(List.class).auxiliaryTypes(String.class).arity("1");
        case PERHAPS ->
            builder
                .type(String.class)
                .arity("1")
                .preprocessor((args, _, _, info) -> {
                  if (!"=".equals(info.get("separator"))) {
                    args.push("");
                  }
                  return false;
                });
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
        parsed.matchedPositionals().stream()
            .flatMap(positional -> positional.originalStringValues().stream())
            .toList();
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
