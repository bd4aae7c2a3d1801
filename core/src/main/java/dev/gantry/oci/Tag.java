package dev.gantry.oci;

import java.util.Optional;
import java.util.regex.Pattern;

/** A name that points at one manifest of a repository (distribution-spec, "Pulling manifests"). */
public record Tag(String value) {
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  /** Refuses what no registry would take, naming the offending character. */
  public Tag {
    if (!TAG.matcher(value).matches()) {
      throw refusal(value);
    }
  }

  private static Malformed refusal(String value) {
    if (value.isEmpty()) {
      return new Malformed("the tag is empty", value);
    }
    if (value.length() > 128) {
      return new Malformed(
          "the tag has " + value.length() + " characters, and 128 is the most",
          value,
          128,
          Optional.of(value.substring(0, 128)).filter(cut -> TAG.matcher(cut).matches()));
    }
    var first = value.charAt(0);
    if (first == '.' || first == '-') {
      return new Malformed(
          "a tag does not begin with '" + first + "'",
          value,
          0,
          Optional.of("_" + value).filter(cut -> TAG.matcher(cut).matches()));
    }
    var at = 0;
    while (at < value.length() && isTagCharacter(value.charAt(at))) {
      at++;
    }
    var nearest = value.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[.-]+", "");
    return new Malformed(
        "a tag holds letters, digits, '_', '.' and '-' only",
        value,
        at,
        Optional.of(nearest).filter(right -> TAG.matcher(right).matches()));
  }

  private static boolean isTagCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.'
        || c == '-';
  }

  @Override
  public String toString() {
    return value;
  }
}
