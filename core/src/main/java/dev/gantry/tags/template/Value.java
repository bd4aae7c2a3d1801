package dev.gantry.tags.template;

import dev.gantry.tags.grammar.JsText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an expression stands for, with the truth and text rules of the language (JavaScript's). */
public sealed interface Value {

  /** A string. */
  record Text(String text) implements Value {}

  /** A number. */
  record Num(double number) implements Value {}

  /** True or false. */
  record Bool(boolean value) implements Value {}

  /** A list. */
  record Arr(List<Value> items) implements Value {
    public Arr {
      items = List.copyOf(items);
    }
  }

  /** Named values. */
  record Obj(Map<String, Value> members) implements Value {
    public Obj {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
  }

  /** A function of the context; called where it stands as an expression. */
  record Fn(String name, Function function) implements Value {}

  /** No value: never set, or set to nothing. */
  enum Nothing implements Value {
    UNDEFINED,
    NULL
  }

  /** The body of a function. */
  @FunctionalInterface
  interface Function {
    /**
     * Gives the value.
     *
     * @param arguments what stands behind the name
     * @param options what follows as {@code key=value}; empty when the function is called without a
     *     call of its own, as a bare condition is
     */
    Value call(List<Value> arguments, Optional<Map<String, Value>> options);
  }

  /** A function without arguments; those given are ignored. */
  static Fn lazy(String name, java.util.function.Supplier<Value> value) {
    return new Fn(name, (_, _) -> value.get());
  }

  static Value of(String text) {
    return new Text(text);
  }

  static Value of(double number) {
    return new Num(number);
  }

  /** Whether a condition takes it for true. */
  default boolean truthy() {
    return switch (this) {
      case Text(var text) -> !text.isEmpty();
      case Num(var number) -> number != 0 && !Double.isNaN(number);
      case Bool(var value) -> value;
      case Arr _, Obj _, Fn _ -> true;
      case Nothing _ -> false;
    };
  }

  /** Whether a block takes it for empty: false in any form but 0, or a list without items. */
  default boolean empty() {
    return switch (this) {
      case Num(var number) -> Double.isNaN(number);
      case Arr(var items) -> items.isEmpty();
      case Text _, Bool _, Obj _, Fn _, Nothing _ -> !truthy();
    };
  }

  /** The text that stands in the output; nothing for no value. */
  default String render() {
    return switch (this) {
      case Text(var text) -> text;
      case Num(var number) -> JsText.number(number);
      case Bool(var value) -> Boolean.toString(value);
      case Arr(var items) -> items.stream().map(Value::render).collect(Collectors.joining(","));
      case Obj _ -> "[object Object]";
      case Fn(var name, _) -> "function " + name;
      case Nothing _ -> "";
    };
  }

  /** The member of this name; a string and a list have {@code length} and their positions. */
  default Value member(String name) {
    return switch (this) {
      case Obj(var members) -> members.getOrDefault(name, Nothing.UNDEFINED);
      case Arr(var items) ->
          name.equals("length")
              ? of(items.size())
              : position(name, items.size()).map(items::get).orElse(Nothing.UNDEFINED);
      case Text(var text) ->
          name.equals("length")
              ? of(text.length())
              : position(name, text.length())
                  .map(at -> of(text.substring(at, at + 1)))
                  .orElse(Nothing.UNDEFINED);
      // A function's length is the number of its parameters: dates have two, all others none.
      case Fn(var own, _) when name.equals("length") -> of(own.endsWith("date") ? 2 : 0);
      case Num _, Bool _, Fn _, Nothing _ -> Nothing.UNDEFINED;
    };
  }

  private static Optional<Integer> position(String name, int size) {
    if (name.isEmpty() || name.length() > 9 || !name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    if (name.length() > 1 && name.startsWith("0")) {
      return Optional.empty();
    }
    return Optional.of(Integer.valueOf(name)).filter(at -> at < size);
  }
}
