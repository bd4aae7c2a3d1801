package dev.gantry.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds for every text, tried with a seed that is printed on failure. */
class ReferenceProperties {
  private static final long SEED =
      Long.getLong("gantry.seed", new Random().nextLong(1_000_000_000));
  private static final int ROUNDS = 40_000;

  /** The grammar as one expression; small inputs only, because it may go back a long way. */
  private static final Pattern ORACLE;

  static {
    var label = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    var host = "(?:" + label + "(?:\\." + label + ")*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?";
    var part = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    var algorithm = "[a-z][a-z0-9]*(?:[-_+.][a-z][a-z0-9]*)*";
    ORACLE =
        Pattern.compile(
            ("(?:(" + host + ")/)?(" + part + "(?:/" + part + ")*)")
                + "(?::([\\w][\\w.-]{0,127}))?"
                + ("(?:@(" + algorithm + ":[0-9a-fA-F]{32,}))?"));
  }

  @Test
  void whatIsPrintedIsReadAgain() {
    var random = new Random(SEED);
    for (int i = 0; i < ROUNDS; i++) {
      var reference = some(random);
      assertThat(Reference.parse(reference.toString())).as("seed %d", SEED).isEqualTo(reference);
      assertThat(Reference.parse(reference.familiar())).as("seed %d", SEED).isEqualTo(reference);
    }
  }

  @Test
  void agreesWithTheGrammarOnAnyText() {
    var random = new Random(SEED);
    for (int i = 0; i < ROUNDS; i++) {
      var text = soup(random);
      Optional<Reference> read = Optional.empty();
      try {
        read = Optional.of(Reference.parse(text));
      } catch (Malformed fault) {
        assertThat(fault.position())
            .as("seed %d '%s'", SEED, text)
            .isLessThanOrEqualTo(text.length());
        fault.nearest().ifPresent(right -> assertThat(Reference.parse(right)).isNotNull());
      }
      assertThat(read.isPresent()).as("seed %d '%s'", SEED, text).isEqualTo(grammatical(text));
    }
  }

  /** What the Go package does: splits off Docker Hub first and puts the whole to the grammar. */
  private static boolean grammatical(String text) {
    var slash = text.indexOf('/');
    var head = slash < 0 ? "" : text.substring(0, slash);
    var host = slash >= 0 && (head.equals("localhost") || head.matches(".*[.:A-Z].*"));
    var matcher = ORACLE.matcher(host ? text : "docker.io/" + text);
    if (text.matches("[0-9a-f]{64}")
        || !matcher.matches()
        || (host && (matcher.group(1) == null))) {
      return false;
    }
    if (host && head.matches(".*:[0-9]+")) {
      var port = new BigInteger(head.substring(head.lastIndexOf(':') + 1));
      if (port.signum() == 0 || port.bitLength() > 16) {
        return false;
      }
    }
    var path = matcher.group(2);
    var hub = "docker.io".equals(matcher.group(1)) && path.indexOf('/') < 0;
    if (path.length() + (hub ? "library/".length() : 0) > 255) {
      return false;
    }
    var digest = matcher.group(4);
    var sha = digest != null && digest.startsWith("sha256:");
    return !sha || digest.matches("sha256:[0-9a-f]{64}");
  }

  private static String soup(Random random) {
    var pieces =
        new String[] {
          "a",
          "b9",
          "App",
          "/",
          "/",
          ":",
          ":",
          "@",
          ".",
          "-",
          "_",
          "__",
          "localhost",
          "docker.io",
          "[",
          "]",
          "::1",
          "5000",
          "sha256:",
          "x+y:",
          "f".repeat(64),
          "0".repeat(32),
          "v1",
          "$",
          "~"
        };
    var text = new StringBuilder();
    for (int i = random.nextInt(1, 9); i > 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }

  private static Reference some(Random random) {
    var hosts = new String[] {"docker.io", "ghcr.io", "localhost", "r:5000", "[::1]:80", "A.b:1"};
    var path = new StringBuilder(word(random));
    for (int i = random.nextInt(4); i > 0; i--) {
      path.append(new String[] {"/", "/", "-", "--", ".", "_", "__"}[random.nextInt(7)]);
      path.append(word(random));
    }
    var host = Registry.parse(hosts[random.nextInt(hosts.length)]);
    return new Reference(
        new Repository(host, path.toString()),
        random.nextBoolean() ? Optional.of(new Tag("_" + word(random))) : Optional.empty(),
        random.nextBoolean() ? Optional.of(Digest.of(new byte[] {1})) : Optional.empty());
  }

  private static String word(Random random) {
    return Integer.toString(random.nextInt(1, 100_000), 36);
  }
}
