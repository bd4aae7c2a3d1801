package dev.gantry.explain.workflow;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The registry that a reference or a login means, as far as the file says it: a name, or the
 * variable that holds it in braces ({@code {secrets.registry}}), or nothing where it cannot be
 * known.
 */
final class Host {
  static final String HUB = "docker.io";

  /** What the ECR login action and the AWS command line log in to. */
  static final String ECR = "{ecr}";

  private static final Pattern VARIABLE =
      Pattern.compile(
          "^\\$(?:\\{\\{\\s{0,8}([^}]{1,200}?)\\s{0,8}}}|\\{([^}]{1,100})}|(\\w{1,100}))");
  private static final Pattern PLACE =
      Pattern.compile(
          "regist|host|url|server|endpoint|domain|(?:^|[._])(?:ecr|acr|gar|ghcr)(?:$|[._])");
  private static final Pattern PERSON =
      Pattern.compile("user|owner|org|namespace|repositor|image|name|account|team|github\\.actor");

  private Host() {}

  /** Of a login's own words: without scheme and path; Docker Hub where it names none. */
  static String ofLogin(String text) {
    var name = text.strip().replaceFirst("^(?i)https?://", "");
    if (name.isEmpty()) {
      return HUB;
    }
    var variable = variable(name);
    if (!variable.isEmpty()) {
      return variable;
    }
    var slash = name.indexOf('/');
    return hub((slash < 0 ? name : name.substring(0, slash)).toLowerCase(Locale.ROOT));
  }

  /** Of a reference; Docker Hub where its first part is no host. */
  static String ofReference(String text) {
    var name = text.strip().replaceFirst("^(?i)(?:docker|https?)://", "");
    if (name.isEmpty()) {
      return "";
    }
    var variable = variable(name);
    if (!variable.isEmpty()) {
      return ofVariable(name, variable);
    }
    if (name.startsWith("$") || name.startsWith("`") || name.startsWith("{")) {
      return "";
    }
    var slash = name.indexOf('/');
    if (slash <= 0) {
      return slash == 0 ? "" : HUB;
    }
    var first = name.substring(0, slash).toLowerCase(Locale.ROOT);
    if (first.indexOf('$') >= 0) {
      return "";
    }
    return first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost")
        ? hub(first)
        : HUB;
  }

  private static String ofVariable(String name, String variable) {
    var bare = variable.substring(1, variable.length() - 1);
    if (bare.equals("ci_registry_image") || bare.equals("ci_registry")) {
      return "{ci_registry}";
    }
    var matcher = VARIABLE.matcher(name);
    var rest = matcher.find() ? name.substring(matcher.end()) : "";
    if (rest.startsWith(".") || rest.startsWith("-")) {
      return ""; // a part of a host's name, as in ACCOUNT.dkr.ecr…
    }
    if (PLACE.matcher(bare).find()) {
      return variable;
    }
    return bare.startsWith("github.rep") || (rest.startsWith("/") && PERSON.matcher(bare).find())
        ? HUB
        : "";
  }

  private static String variable(String name) {
    var matcher = VARIABLE.matcher(name);
    if (!matcher.find()) {
      return "";
    }
    var inner =
        matcher.group(1) != null
            ? matcher.group(1)
            : matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
    return "{" + inner.strip().toLowerCase(Locale.ROOT) + "}";
  }

  private static String hub(String host) {
    return switch (host) {
      case "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com", "hub.docker.com" ->
          HUB;
      default -> host;
    };
  }

  /** Whether it is a registry on the machine itself, which wants no login. */
  static boolean isLocal(String host) {
    return host.equals("localhost") || host.startsWith("localhost:") || host.startsWith("127.");
  }

  /** Whether it is known which registry is meant, if only by a variable's name. */
  static boolean isKnown(String host) {
    return !host.isEmpty();
  }

  /** Whether credentials for one host go to the other. */
  static boolean covers(String login, String host) {
    return login.equals(host)
        || (login.equals(ECR) && (host.contains("ecr") || host.endsWith(".amazonaws.com")))
        || (login.startsWith("{") && host.startsWith("{")); // two names that may hold one value
  }
}
