package dev.gantry.oci;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON document as a tree (RFC 8259). Reading is strict: a member named twice, a comment or text
 * behind the end is refused. Numbers stay as they were written.
 */
public sealed interface Json {
  /** The deepest nesting that is read; real manifests have six levels. */
  int DEEPEST = 200;

  /** An object; members in their order. */
  record Obj(Map<String, Json> members) implements Json {
    public Obj {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public Optional<Json> get(String name) {
      return Optional.ofNullable(members.get(name));
    }

    /** The member if it is a string. */
    public Optional<String> text(String name) {
      return get(name)
          .flatMap(json -> json instanceof Str(var value) ? Optional.of(value) : Optional.empty());
    }

    /** The member if it is a whole number that fits. */
    public Optional<Long> number(String name) {
      return get(name).flatMap(json -> json instanceof Num num ? num.whole() : Optional.empty());
    }

    public Optional<Boolean> bool(String name) {
      return get(name)
          .flatMap(json -> json instanceof Bool(var value) ? Optional.of(value) : Optional.empty());
    }

    public Optional<Obj> object(String name) {
      return get(name)
          .flatMap(json -> json instanceof Obj obj ? Optional.of(obj) : Optional.empty());
    }

    public Optional<Arr> array(String name) {
      return get(name)
          .flatMap(json -> json instanceof Arr arr ? Optional.of(arr) : Optional.empty());
    }

    public String needText(String name) {
      return text(name).orElseThrow(() -> new Malformed("no text '" + name + "'", compact()));
    }

    public long needNumber(String name) {
      return number(name)
          .orElseThrow(() -> new Malformed("no whole number '" + name + "'", compact()));
    }

    /** The same with one member set; a new one stands last. */
    public Obj with(String name, Json value) {
      var more = new LinkedHashMap<>(members);
      more.put(name, value);
      return new Obj(more);
    }

    /** The same with one member set to a string. */
    public Obj with(String name, String value) {
      return with(name, new Str(value));
    }
  }

  /** An array. */
  record Arr(List<Json> items) implements Json {
    public Arr {
      items = List.copyOf(items);
    }

    /** The strings among the items. */
    public List<String> texts() {
      return items.stream()
          .filter(Str.class::isInstance)
          .map(item -> ((Str) item).value())
          .toList();
    }

    /** The objects among the items. */
    public List<Obj> objects() {
      return items.stream().filter(Obj.class::isInstance).map(Obj.class::cast).toList();
    }
  }

  /** A string. */
  record Str(String value) implements Json {}

  /** A number as it was written. */
  record Num(String literal) implements Json {
    public Num(long value) {
      this(Long.toString(value));
    }

    /** The value if it is a whole number within a long. */
    public Optional<Long> whole() {
      try {
        return Optional.of(Long.valueOf(literal));
      } catch (NumberFormatException _) {
        return Optional.empty();
      }
    }
  }

  /** True or false. */
  record Bool(boolean value) implements Json {}

  /** The value null. */
  enum Null implements Json {
    NULL
  }

  /** An object without members, to be filled by {@code with}. */
  static Obj object() {
    return new Obj(Map.of());
  }

  /** An array of strings. */
  static Arr strings(Iterable<?> values) {
    var items = new ArrayList<Json>();
    values.forEach(value -> items.add(new Str(value.toString())));
    return new Arr(items);
  }

  /** An array of these. */
  static Arr array(Json... items) {
    return new Arr(Arrays.asList(items));
  }

  /**
   * Reads one document from UTF-8 bytes; a byte order mark is no part of JSON and is refused.
   *
   * @throws Malformed with the place of the first fault
   */
  static Json parse(Bytes bytes) {
    return parse(bytes.toArray());
  }

  static Json parse(byte[] bytes) {
    try {
      return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new Malformed(
          "the JSON is not UTF-8", excerpt(new String(bytes, StandardCharsets.ISO_8859_1)));
    }
  }

  static Json parse(String text) {
    if (text.startsWith("\uFEFF")) {
      throw new Malformed("a byte order mark before the JSON", excerpt(text));
    }
    try (var reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      reader.setNestingLimit(DEEPEST);
      var value = read(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new Malformed("text behind the end of the JSON", excerpt(text));
      }
      return value;
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      var why =
          e.getMessage() == null ? "it ends early" : e.getMessage().lines().findFirst().orElse("");
      throw new Malformed("not JSON: " + why, excerpt(text));
    }
  }

  /** Reads one document that must be an object. */
  static Obj parseObject(Bytes bytes) {
    if (parse(bytes) instanceof Obj obj) {
      return obj;
    }
    throw new Malformed("the JSON is no object", excerpt(bytes.text()));
  }

  /** The document on one line, without spaces. */
  default String compact() {
    return write("");
  }

  /** The document on many lines, two spaces a level. */
  default String pretty() {
    return write("  ");
  }

  private String write(String indent) {
    var text = new StringWriter();
    try (var writer = new JsonWriter(text)) {
      writer.setStrictness(Strictness.LEGACY_STRICT);
      writer.setHtmlSafe(false);
      writer.setIndent(indent);
      write(writer, this);
    } catch (IOException e) {
      throw new AssertionError("a string takes everything", e);
    }
    return text.toString();
  }

  private static Json read(JsonReader reader) throws IOException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> {
        var members = new LinkedHashMap<String, Json>();
        reader.beginObject();
        while (reader.hasNext()) {
          var name = reader.nextName();
          if (members.put(name, read(reader)) != null) {
            throw new IOException("the member '" + name + "' stands twice at " + reader.getPath());
          }
        }
        reader.endObject();
        yield new Obj(members);
      }
      case BEGIN_ARRAY -> {
        var items = new ArrayList<Json>();
        reader.beginArray();
        while (reader.hasNext()) {
          items.add(read(reader));
        }
        reader.endArray();
        yield new Arr(items);
      }
      case STRING -> new Str(reader.nextString());
      case NUMBER -> new Num(reader.nextString());
      case BOOLEAN -> new Bool(reader.nextBoolean());
      case NULL -> {
        reader.nextNull();
        yield Null.NULL;
      }
      case END_ARRAY, END_OBJECT, END_DOCUMENT, NAME ->
          throw new IOException("a value is missing at " + reader.getPath());
    };
  }

  private static void write(JsonWriter writer, Json json) throws IOException {
    switch (json) {
      case Obj(var members) -> {
        writer.beginObject();
        for (var member : members.entrySet()) {
          writer.name(member.getKey());
          write(writer, member.getValue());
        }
        writer.endObject();
      }
      case Arr(var items) -> {
        writer.beginArray();
        for (var item : items) {
          write(writer, item);
        }
        writer.endArray();
      }
      case Str(var value) -> writer.value(value);
      case Num(var literal) -> writer.jsonValue(literal);
      case Bool(var value) -> writer.value(value);
      case Null _ -> writer.nullValue();
    }
  }

  private static String excerpt(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
