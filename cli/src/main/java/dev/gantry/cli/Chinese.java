package dev.gantry.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The Chinese of what the core says in English: {@code chinese.txt} holds each message with places
 * for what changes. A message that is not there stays as it is, for it still says what is wrong.
 */
final class Chinese {
  private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

  private Chinese() {}

  private record Message(Pattern english, List<Integer> places, String chinese) {}

  private static final class Held {
    private static final List<Message> MESSAGES = read();
  }

  /** The text in the language. */
  static String of(String english, Lang lang) {
    return switch (lang) {
      case EN -> english;
      case ZH -> said(english).orElse(english);
    };
  }

  /** How many messages there are. */
  static int count() {
    return Held.MESSAGES.size();
  }

  /** The Chinese; empty if the message is not known. */
  static Optional<String> said(String english) {
    for (var message : Held.MESSAGES) {
      var match = message.english().matcher(english);
      if (match.matches()) {
        return Optional.of(filled(message, match));
      }
    }
    return Optional.empty();
  }

  private static String filled(Message message, Matcher match) {
    var values = new String[10];
    IntStream.range(0, message.places().size())
        .forEach(i -> {
          var value = match.group(i + 1);
          values[message.places().get(i)] = said(value).orElse(value);
        });
    return PLACE
        .matcher(message.chinese())
        .replaceAll(place -> Matcher.quoteReplacement(values[Integer.parseInt(place.group(1))]));
  }

  private static List<Message> read() {
    var lines = new ArrayList<String>();
    try (var in = Chinese.class.getResourceAsStream("chinese.txt")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(lines::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var messages = new ArrayList<Message>();
    for (int at = 0; at + 1 < lines.size(); at += 2) {
      messages.add(message(lines.get(at), lines.get(at + 1)));
    }
    return List.copyOf(messages);
  }

  private static Message message(String english, String chinese) {
    var places = new ArrayList<Integer>();
    var pattern = new StringBuilder();
    var place = PLACE.matcher(english);
    int from = 0;
    while (place.find()) {
      pattern.append(Pattern.quote(english.substring(from, place.start()))).append("(.+?)");
      places.add(Integer.parseInt(place.group(1)));
      from = place.end();
    }
    pattern.append(Pattern.quote(english.substring(from)));
    return new Message(Pattern.compile(pattern.toString(), Pattern.DOTALL), places, chinese);
  }
}
