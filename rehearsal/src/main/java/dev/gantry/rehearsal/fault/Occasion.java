package dev.gantry.rehearsal.fault;

import dev.gantry.rehearsal.protocol.Operation;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which requests a fault is for, before they are counted.
 *
 * @param methods any if empty
 * @param path what the decoded path must match
 * @param operations any if empty
 */
record Occasion(Set<String> methods, Optional<Pattern> path, Set<Operation> operations) {

  Occasion {
    methods = Set.copyOf(methods);
    operations = Set.copyOf(operations);
  }

  boolean matches(String method, String decodedPath, Optional<Operation> operation) {
    return (methods.isEmpty() || methods.contains(method))
        && (path.isEmpty() || path.get().matcher(decodedPath).matches())
        && (operations.isEmpty() || operation.filter(operations::contains).isPresent());
  }

  /** A pattern in which one star stands for a part of a path and two for anything. */
  static Pattern glob(String text) {
    var regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (text.charAt(i) == '*') {
        regex.append("[^/]*");
      } else {
        regex.append(Pattern.quote(text.substring(i, i + 1)));
      }
    }
    return Pattern.compile(regex.toString());
  }
}
