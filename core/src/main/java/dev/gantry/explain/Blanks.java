package dev.gantry.explain;

import dev.gantry.explain.log.Facts;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Puts what was seen into a remedy's words: {host}, {owner}, {package}, {reference}, {lower}. What
 * is not known becomes a word in capitals that the reader replaces.
 */
record Blanks(Facts facts) {
  private static final Pattern BLANK = Pattern.compile("\\{([a-z-]{1,20})}");
  private static final Map<String, String> UNKNOWN =
      Map.of(
          "host", "REGISTRY",
          "owner", "OWNER",
          "package", "IMAGE",
          "path", "OWNER/IMAGE",
          "reference", "REGISTRY/OWNER/IMAGE:TAG",
          "lower", "registry/owner/image:tag");

  String fill(String text) {
    return BLANK
        .matcher(text)
        .replaceAll(blank -> java.util.regex.Matcher.quoteReplacement(value(blank.group(1))));
  }

  private String value(String name) {
    var path =
        facts
            .first("scope-repository")
            .or(() -> facts.first("url-repository"))
            .or(() -> facts.first("path"));
    var slash = path.map(text -> text.indexOf('/')).orElse(-1);
    var reference = facts.first("bad-ref").or(() -> facts.first("ref"));
    var found =
        switch (name) {
          case "host" -> facts.first("host").filter(host -> !host.contains("*"));
          case "path" -> path;
          case "owner" ->
              slash > 0
                  ? path.map(text -> text.substring(0, slash))
                  : java.util.Optional.<String>empty();
          case "package" -> path.map(text -> text.substring(slash + 1));
          case "reference" -> reference;
          case "lower" -> reference.map(text -> text.toLowerCase(Locale.ROOT));
          default -> facts.first(name);
        };
    return found.orElseGet(() -> UNKNOWN.getOrDefault(name, place(name)));
  }

  /** What stands for a place in the pipeline's file while none is known. */
  private static String place(String name) {
    return name.startsWith("at-")
        ? "FILE:LINE"
        : name.startsWith("job-")
            ? "JOB"
            : name.startsWith("of-") ? "NAME" : name.toUpperCase(Locale.ROOT);
  }
}
