package dev.gantry.rules;

import dev.gantry.failure.Evidence;
import dev.gantry.oci.Json;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a registry says in some situation. What was not recorded is empty and matches anything.
 *
 * @param when the situation, a word of {@code docs/registry-book.md}
 * @param step the request it answers; {@code any} for all
 * @param type the body's media type where the body is not the JSON of the specification
 * @param message the words, with parts like {@code {tag}} in braces
 * @param cause an id of the table of causes
 * @param means what it means here, where the words do not tell
 */
public record RecordedAnswer(
    String when,
    String step,
    Optional<Integer> status,
    Optional<String> type,
    Optional<String> code,
    Optional<String> message,
    Optional<Json> detail,
    Map<String, String> headers,
    String cause,
    Optional<String> means,
    Backing backing) {
  private static final Pattern PART = Pattern.compile("\\{[a-z]+}");

  /** Letters from which on a message is not found in another by chance. */
  private static final int TELLING = 24;

  public RecordedAnswer {
    headers = Map.copyOf(headers);
  }

  /**
   * Whether a registry that was seen to answer this said the same. Nothing is compared that was not
   * recorded; an answer of which neither code nor message was recorded matches nothing. A message
   * of few letters must be the whole of what was said, a longer one may stand in it.
   */
  public boolean matches(Evidence.Answer seen) {
    if (status.isPresent() && status.get() != seen.status()) {
      return false;
    }
    if (code.isEmpty() && message.isEmpty()) {
      return false;
    }
    if (type.isPresent() || seen.errors().isEmpty()) {
      return code.isEmpty() && said(seen.excerpt().strip());
    }
    return seen.errors().stream()
        .anyMatch(error -> code.map(error.code()::equals).orElse(true) && said(error.message()));
  }

  private boolean said(String text) {
    return message
        .map(words ->
            words.length() < TELLING
                ? pattern(words).matcher(text).matches()
                : pattern(words).matcher(text).find())
        .orElse(true);
  }

  /** Whether a text, such as a line of a log, holds the message. */
  public boolean inside(String text) {
    return message.map(words -> pattern(words).matcher(text).find()).orElse(true);
  }

  /** Parts in braces match any text that stays within a line, and not more than 400 characters. */
  private static Pattern pattern(String words) {
    var pattern = new StringBuilder("(?<!\\w)");
    var parts = PART.matcher(words);
    var end = 0;
    while (parts.find()) {
      pattern.append(Pattern.quote(words.substring(end, parts.start()))).append(".{1,400}?");
      end = parts.end();
    }
    return Pattern.compile(pattern.append(Pattern.quote(words.substring(end))).toString());
  }
}
