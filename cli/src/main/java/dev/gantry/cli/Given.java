package dev.gantry.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What stood on the command line, by the names of the {@link Form}. */
public final class Given {
  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s?)?");

  private final Map<String, List<String>> options;
  private final Map<String, List<String>> arguments;

  Given(Map<String, List<String>> options, Map<String, List<String>> arguments) {
    this.options = options;
    this.arguments = arguments;
  }

  /** Whether the option was given, with or without a value. */
  public boolean has(String option) {
    return options.containsKey(option);
  }

  /** The option's value; empty if it was not given, or given without one. */
  public Optional<String> text(String option) {
    return options.getOrDefault(option, List.of()).stream().findFirst();
  }

  /** All values of an option that may be given again, in their order. */
  public List<String> texts(String option) {
    return options.getOrDefault(option, List.of());
  }

  /** An argument that must be there by its form. */
  public String argument(String label) {
    return arguments.getOrDefault(label, List.of()).getFirst();
  }

  /** All arguments under a label. */
  public List<String> arguments(String label) {
    return arguments.getOrDefault(label, List.of());
  }

  /** The option's value as a path. */
  public Optional<Path> path(String option) {
    return text(option).map(value -> asPath(option, value));
  }

  /** The option's value as a whole number within bounds. */
  public Optional<Long> number(String option, long least, long most) {
    return text(option)
        .map(value -> {
          try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
              return number;
            }
          } catch (NumberFormatException _) {
            // The same refusal as for a number out of bounds.
          }
          throw Misuse.of(
              new Text(
                  "{0} is '{1}', no whole number from {2} to {3}", "{0} 的值“{1}”不是 {2} 到 {3} 之间的整数"),
              new Text("give such a number", "请给出这样的数"),
              option,
              value,
              least,
              most);
        });
  }

  /** The option's value as a time span: {@code 90}, {@code 90s}, {@code 5m}, {@code 1h30m}. */
  public Optional<Duration> duration(String option) {
    return text(option)
        .map(value -> {
          var parts = DURATION.matcher(value);
          if (value.isEmpty() || !parts.matches()) {
            throw Misuse.of(
                new Text("{0} is '{1}', no time span", "{0} 的值“{1}”不是时间长度"),
                new Text("write it like 90s, 5m or 1h30m", "请写成 90s、5m 或 1h30m 这样的形式"),
                option,
                value);
          }
          return Duration.ofHours(part(parts.group(1)))
              .plusMinutes(part(parts.group(2)))
              .plusSeconds(part(parts.group(3)));
        });
  }

  private static long part(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static Path asPath(String option, String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw Misuse.of(
          new Text("{0} is no path: {1}", "{0} 不是路径：{1}"),
          new Text("give a file or folder", "请给出文件或文件夹"),
          option,
          e.getMessage() == null ? value : e.getMessage());
    }
  }
}
