package dev.gantry.oci;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Names an image: a repository, and in it a tag, a digest, both or neither. Where there is neither,
 * nothing is put in its place: whoever needs a tag asks for it.
 *
 * <p>The grammar and Docker Hub's short names are those of github.com/distribution/reference
 * ({@code ParseNormalizedNamed}), with these differences, all on the strict side except the first:
 *
 * <ul>
 *   <li>a digest of an algorithm that nobody registered is kept, if it has 32 hexadecimal digits;
 *   <li>{@code under_score.com/app} is refused: the Go package takes it for a name without host;
 *   <li>a port is 1 to 65535, and is printed without leading zeros;
 *   <li>the familiar form keeps {@code docker.io/} where it would otherwise be read as another
 *       name, as in {@code docker.io/my.name/app}.
 * </ul>
 */
public record Reference(Repository repository, Optional<Tag> tag, Optional<Digest> digest) {

  public Reference {
    digest.ifPresent(Grammar::checkDigest);
  }

  public Reference(Repository repository) {
    this(repository, Optional.empty(), Optional.empty());
  }

  public Reference(Repository repository, Tag tag) {
    this(repository, Optional.of(tag), Optional.empty());
  }

  public Reference(Repository repository, Digest digest) {
    this(repository, Optional.empty(), Optional.of(digest));
  }

  /**
   * Reads a reference as people write it, in full or in Docker Hub's short form.
   *
   * @throws Malformed with the place of the fault and, where there is one, the nearest right form
   */
  public static Reference parse(String text) {
    try {
      return read(text);
    } catch (Malformed fault) {
      throw new Malformed(fault.what(), text, fault.position(), Nearest.reference(text));
    }
  }

  /** The same without a thought for the nearest right form. */
  static Reference read(String text) {
    checkCharacters(text, "the reference");
    if (Grammar.isIdentifier(text)) {
      throw Grammar.fault("64 hexadecimal digits are an image's id and no name", text, 0);
    }
    var slash = text.indexOf('/');
    var hasHost = slash > 0 && Grammar.namesHost(text.substring(0, slash));
    if (hasHost) {
      checkNoTagWithSlash(text, slash);
    }
    var registry =
        hasHost
            ? within(text, 0, () -> Registry.read(text.substring(0, slash)))
            : Registry.DOCKER_HUB;
    var from = hasHost ? slash + 1 : 0;
    var nameEnd = nameEnd(text, from);
    var path = text.substring(from, nameEnd);
    if (path.isEmpty() && hasHost) {
      throw Grammar.fault("no name follows the registry", text, slash);
    }
    if (path.isEmpty()) {
      throw Grammar.fault("no name stands before '" + text.charAt(nameEnd) + "'", text, nameEnd);
    }
    var repository =
        within(
            text,
            from,
            () -> {
              Grammar.checkPath(path);
              return new Repository(registry, path);
            });
    var at = text.indexOf('@', nameEnd);
    var tagEnd = at < 0 ? text.length() : at;
    Optional<Tag> tag =
        nameEnd < tagEnd ? Optional.of(tag(text, nameEnd + 1, tagEnd)) : Optional.empty();
    Optional<Digest> digest = at < 0 ? Optional.empty() : Optional.of(digest(text, at + 1));
    return new Reference(repository, tag, digest);
  }

  private static int nameEnd(String text, int from) {
    var end = from;
    while (end < text.length() && text.charAt(end) != ':' && text.charAt(end) != '@') {
      end++;
    }
    return end;
  }

  private static Tag tag(String text, int from, int end) {
    var tag = text.substring(from, end);
    if (tag.isEmpty()) {
      throw Grammar.fault("the tag is empty", text, from - 1);
    }
    var second = tag.indexOf(':');
    if (second >= 0) {
      throw Grammar.fault("a reference has one tag, and here are two", text, from + second);
    }
    return within(text, from, () -> new Tag(tag));
  }

  private static Digest digest(String text, int from) {
    var digest = text.substring(from);
    if (digest.isEmpty()) {
      throw Grammar.fault("the digest is empty", text, from - 1);
    }
    if (digest.indexOf('@') >= 0) {
      throw Grammar.fault(
          "a reference has one digest, and here are two", text, from + digest.indexOf('@'));
    }
    var colon = digest.indexOf(':');
    if (colon >= 0 && digest.indexOf(':', colon + 1) >= 0) {
      throw Grammar.fault(
          "a tag stands before the digest", text, from + digest.indexOf(':', colon + 1));
    }
    return within(
        text,
        from,
        () -> {
          var read = Digest.parse(digest);
          Grammar.checkDigest(read);
          return read;
        });
  }

  /** {@code app:feature/login} is a tag with a slash, not a host with an odd port. */
  private static void checkNoTagWithSlash(String text, int slash) {
    var head = text.substring(0, slash);
    var colon = head.indexOf(':');
    if (colon > 0
        && colon < slash - 1
        && colon == head.lastIndexOf(':')
        && head.chars().noneMatch(c -> c == '.' || c == '@' || c == '[')
        && !head.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw Grammar.fault(
          "'" + head.substring(colon + 1) + "' is no port number, and a tag has no '/'",
          text,
          slash);
    }
  }

  /** Refuses characters and beginnings that no part of any reference has. */
  static void checkCharacters(String text, String what) {
    if (text.isEmpty()) {
      throw new Malformed(what + " is empty", text);
    }
    for (int i = 0; i < text.length(); i++) {
      var c = text.codePointAt(i);
      if (c == ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        throw Grammar.fault(what + " has a space", text, i);
      }
      if (c < 0x20 || c == 0x7f) {
        throw Grammar.fault(what + " has a control character", text, i);
      }
      if (c > 0x7f) {
        var name = String.format(Locale.ROOT, "U+%04X", c);
        throw Grammar.fault(
            what + " has '" + Character.toString(c) + "' (" + name + "), which is not ASCII",
            text,
            i);
      }
    }
    var scheme = text.indexOf("://");
    if (scheme >= 0 && text.indexOf('/') == scheme + 1) {
      throw Grammar.fault(
          what + " begins with the scheme '" + text.substring(0, scheme + 3) + "'", text, 0);
    }
  }

  private static <T> T within(String text, int offset, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (Malformed part) {
      throw Grammar.fault(part.what(), text, offset + Math.max(0, part.position()));
    }
  }

  /** The same with this tag in place of any other; a digest is kept. */
  public Reference with(Tag other) {
    return new Reference(repository, Optional.of(other), digest);
  }

  /** The same with this digest in place of any other; a tag is kept. */
  public Reference with(Digest other) {
    return new Reference(repository, tag, Optional.of(other));
  }

  public Registry registry() {
    return repository.registry();
  }

  /** The form people know: without Docker Hub's name and its {@code library/}. */
  public String familiar() {
    return familiarName() + suffix();
  }

  private String familiarName() {
    if (!repository.registry().equals(Registry.DOCKER_HUB)) {
      return repository.toString();
    }
    var path = repository.path();
    var official = path.startsWith(Repository.OFFICIAL);
    var rest = official ? path.substring(Repository.OFFICIAL.length()) : path;
    var name = official && rest.indexOf('/') < 0 ? rest : path;
    var slash = name.indexOf('/');
    var ambiguous =
        slash < 0 ? Grammar.isIdentifier(name) : Grammar.namesHost(name.substring(0, slash));
    return ambiguous ? repository.toString() : name;
  }

  private String suffix() {
    return tag.map(value -> ":" + value).orElse("") + digest.map(value -> "@" + value).orElse("");
  }

  /** The canonical form: registry, path and what there is of tag and digest. */
  @Override
  public String toString() {
    return repository + suffix();
  }
}
