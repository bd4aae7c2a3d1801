package dev.gantry.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields of one message in the order they stand on the wire; names compare without regard to
 * case (RFC 9110 section 5.1), values are kept exactly.
 */
public record Headers(List<Field> fields) {

  /** One line of a header section. */
  public record Field(String name, String value) {
    /** Refuses what would let a value begin a line of its own. */
    public Field {
      if (name.isEmpty() || !name.chars().allMatch(Headers::isToken)) {
        throw new IllegalArgumentException("not a header name: " + name);
      }
      if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
        throw new IllegalArgumentException("the value of " + name + " has a line break in it");
      }
    }
  }

  /** No fields. */
  public static final Headers NONE = new Headers(List.of());

  public Headers {
    fields = List.copyOf(fields);
  }

  /** Fields from names and values in turn. */
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a name without a value");
    }
    var fields = new ArrayList<Field>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Headers(fields);
  }

  /** The first value under this name. */
  public Optional<String> first(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .findFirst();
  }

  /** Every value under this name, in order. */
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  /** Whether any field has this name. */
  public boolean has(String name) {
    return first(name).isPresent();
  }

  /** The same fields and one more at the end. */
  public Headers plus(String name, String value) {
    var more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Headers(more);
  }

  /** The same fields with every one of this name replaced by a single one at the end. */
  public Headers with(String name, String value) {
    return without(name).plus(name, value);
  }

  /** The same fields less those of this name. */
  public Headers without(String name) {
    return new Headers(
        fields.stream().filter(field -> !field.name().equalsIgnoreCase(name)).toList());
  }

  static boolean isToken(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || (c < 128 && "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
  }
}
