package dev.gantry.rehearsal.protocol;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parameters of a query or a form, decoded, in their order. */
public record Query(List<Parameter> parameters) {

  /** One {@code name=value}. */
  public record Parameter(String name, String value) {}

  public Query {
    parameters = List.copyOf(parameters);
  }

  /** Reads the text behind the question mark. */
  public static Query parse(String text) {
    var found = new ArrayList<Parameter>();
    for (var pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        var name = equals < 0 ? pair : pair.substring(0, equals);
        var value = equals < 0 ? "" : pair.substring(equals + 1);
        found.add(new Parameter(decode(name), decode(value)));
      }
    }
    return new Query(found);
  }

  /** The first value of this parameter. */
  public Optional<String> first(String name) {
    return parameters.stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(Parameter::value)
        .findFirst();
  }

  /** Every value of this parameter. */
  public List<String> all(String name) {
    return parameters.stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(Parameter::value)
        .toList();
  }

  /** Percent-decoded text; text that is wrongly encoded stays as it is. */
  static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }

  /** A decoded path, in which a plus sign is a plus sign. */
  static String decodePath(String path) {
    return decode(path.replace("+", "%2B"));
  }
}
