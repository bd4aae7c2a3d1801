package dev.gantry.explain.log;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds image references in a line, the complaint about them, and what is wrong with their form. A
 * log's references are often broken, cut or masked, so nothing here throws.
 */
final class References {
  private static final String NAME = "[\"'`\\[(]{0,2}([^\\s\"'`\\],;)]{1,400})";

  /** A command with a source and a destination; the words behind it. */
  private static final Pattern COPY =
      Pattern.compile(
          "\\b(podman|buildah|skopeo|crane|regctl|helm|nerdctl)(?: (?:manifest|image))?"
              + " (?:push|copy|cp) (.{1,2000})");

  /** How containers/image (docker/docker_image_dest.go) names a place without a URL. */
  private static final Pattern UPLOAD =
      Pattern.compile(
          "upload to /v2/([^\\s]{1,255})/blobs/uploads/? in"
              + " ((?:[A-Za-z0-9*-]{1,63}\\.){0,8}[A-Za-z0-9*-]{1,63}(?::\\d{2,5})?)");

  private static final Pattern COMPLAINT =
      Pattern.compile(
          "(?i)(?:invalid tag|invalid argument|parsing reference:?|parse reference:?|invalid"
              + " reference|invalid image (?:name|reference):?|invalid repository(?:"
              + " name)?:?|invalid publish reference:?|parsing image name|not a valid"
              + " repository/tag:?|given docker name|unable to parse (?:image"
              + " )?(?:name|reference)|illegal tag name|parsing image configuration|invalid"
              + " reference format: repository name|couldn't parse image reference|can only contain"
              + " the (?:characters|runes) [^ ]{5,80}:|invalid container image reference) +"
              + NAME);

  /** A quoted name in front of the complaint about it. */
  private static final Pattern BLAMED =
      Pattern.compile(
          "[\"'`]([^\"'`\\s]{2,400})[\"'`](?: is not a valid repository/tag|: invalid reference"
              + "| for \"-t)");

  private static final Pattern PUSH =
      Pattern.compile(
          "(?i)(?:refers to (?:a )?repository|exists in|from destination repository|uploading"
              + " manifest \\S{1,140} to|checking push permission for|failed to push(?:"
              + " image)?|failed to push to destination|failed to publish(?: images)?|pushing"
              + " image(?: to)?|pushing manifest for|pushing|uploading docker"
              + " image|publishing|(?:docker|podman|nerdctl) tag"
              + " \\S{1,255}|(?:docker|podman|buildah|nerdctl|crane|oras|helm) push(?: -\\S{1,40}|"
              + " --\\S{1,80}){0,6}|--destination[= ]|(?:\\s|^)-t|--tag|--output[="
              + " ]\\S{0,80}name=|docker://|tag: ) *"
              + NAME);

  /** What a tool pushes from stands before what it pushes to: {@code pushing image "a" to "b"}. */
  private static final Pattern FROM =
      Pattern.compile("(?i)(pushing image )\\\\?[\"'][^\"'\\s]{1,300}[\"'] (to )");

  private static final Pattern LOCAL =
      Pattern.compile(
          "(?i)(?:no such image:?|tag does not exist:?|does not exist locally with the tag:?"
              + "|no such file or directory: image|image not known:?|unable to find image) +"
              + NAME);
  private static final Pattern LOGIN =
      Pattern.compile(
          "(?i)(?:logging in(?:to)?(?: to)?(?: registry)?|login (?:--?\\S{1,60} +(?:\\S{1,80}"
              + " +)?){0,6}|registry-login |configure-docker |credentials for:?|auths(?:\\[|[\"']?:"
              + " ?\\{))[\"'"
              + " ]*((?:[a-z0-9*-]{1,63}\\.){1,8}[a-z0-9*-]{2,63}(?::\\d{2,5})?|localhost(?::\\d{2,5})?)");

  /** Docker's own login without a host, which is Docker Hub. */
  private static final Pattern HUB_LOGIN =
      Pattern.compile(
          "(?:^|[ |;&])docker login(?: +(?:-u|-p|--username|--password)[ =][^\\s$]{1,80}"
              + "| +--password-stdin){0,4} *$");

  private static final Pattern ACR_LOGIN =
      Pattern.compile("az acr login [^|;&]{0,80}?(?:-n|--name)[ =]([a-zA-Z0-9]{5,50})\\b");
  private static final Pattern WORKFLOW =
      Pattern.compile("\\.github/workflows/([A-Za-z0-9_.-]{1,100}\\.ya?ml)");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_*][A-Za-z0-9_.*-]{0,127}");
  private static final Pattern SEGMENT =
      Pattern.compile("[a-z0-9*]+(?:(?:\\.|_|__|-+)[a-z0-9*]+)*");

  /** Words of which one stands in every line that the expressions above could match. */
  private static final List<String> COMPLAINT_WORDS =
      List.of("invalid", "pars", "valid repository/tag", "illegal tag", "can only contain");

  private static final List<String> PUSH_WORDS =
      List.of(
          "push",
          "refers to",
          "publish",
          "destination",
          "-t ",
          "-t=",
          "--tag",
          "--output",
          "docker://",
          "tag: ",
          " tag ",
          "exists in ",
          "manifest ",
          "upload",
          " copy ",
          " cp ");
  private static final List<String> LOCAL_WORDS =
      List.of("no such image", "does not exist", "not known", "unable to find image", ": image");
  private static final List<String> WORKFLOW_WORDS = List.of(".github/workflows/");
  private static final List<String> LOGIN_WORDS =
      List.of("log", "credentials for", "configure-docker", "auths");

  private References() {}

  /** Adds what the line says; {@code plain} is the same in plain form, which is quick to search. */
  static void find(String line, String plain, Facts facts) {
    var text = line.replace("[FILTERED]", "***").replace("[MASKED]", "***");
    if (any(plain, COMPLAINT_WORDS)) {
      complaint(text, facts);
    }
    if (any(plain, PUSH_WORDS) && !plain.contains(": pushing [")) {
      push(text, plain, facts);
    }
    if (any(plain, LOCAL_WORDS)) {
      local(text, facts);
    }
    if (any(plain, WORKFLOW_WORDS)) {
      workflow(text, facts);
    }
    if (any(plain, LOGIN_WORDS)) {
      login(text, facts);
    }
  }

  private static boolean any(String plain, List<String> words) {
    for (var word : words) {
      if (plain.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static void complaint(String text, Facts facts) {
    var complaint = COMPLAINT.matcher(text);
    while (complaint.find()) {
      var name = trimmed(complaint.group(1));
      if (plausible(name) || name.indexOf('=') > name.indexOf(':') && name.contains(":")) {
        facts.add("bad-ref", name);
        flaws(name, facts);
        blank(text, complaint.start(1), complaint.end(1), facts);
      }
    }
    var blamed = BLAMED.matcher(text);
    while (blamed.find()) {
      facts.add("bad-ref", blamed.group(1));
      flaws(blamed.group(1), facts);
    }
  }

  /** Adds the flaw of a quoted name with a blank in it, or behind it. */
  private static void blank(String text, int from, int end, Facts facts) {
    var quote = from > 0 ? text.charAt(from - 1) : ' ';
    if ("\"'`".indexOf(quote) < 0 || end >= text.length() || text.charAt(end) != ' ') {
      return;
    }
    var name = text.substring(from, end);
    facts.add("flaw", name.contains(":") ? "tag-characters" : "name-characters");
  }

  private static void push(String text, String plain, Facts facts) {
    var upload = UPLOAD.matcher(text);
    if (plain.contains("upload to") && upload.find()) {
      facts.add("endpoint", "upload").add("url-repository", upload.group(1));
      host(upload.group(2).toLowerCase(Locale.ROOT), facts);
    }
    var copy = COPY.matcher(text);
    if (copy.find() && destination(copy.group(1), copy.group(2), facts)) {
      return;
    }
    var push =
        PUSH.matcher(
            plain.contains("pushing image") ? FROM.matcher(text).replaceAll("$1$2") : text);
    while (push.find()) {
      var said = trimmed(push.group(1));
      var name = said.endsWith(":") ? said.substring(0, said.length() - 1) : said;
      if (plausible(name) && !name.startsWith("-")) {
        if (name.contains("$")) {
          facts.add("variable-shown");
        }
        facts.add("ref", name);
        place(name, facts);
        formOnly(name, facts);
        if (plain.contains("invalid reference")) {
          facts.add("bad-ref", name);
          flaws(name, facts);
        }
      }
    }
  }

  /** Adds the last name with a host among a command's words, which is where it goes. */
  private static boolean destination(String tool, String words, Facts facts) {
    var last = "";
    for (var word : words.split(" ", -1)) {
      var name = trimmed(word.replaceAll("[\"'`]", "")).replaceFirst("^(?:docker|oci)://", "");
      var slash = name.indexOf('/');
      if (!name.startsWith("-") && slash > 0 && isHost(name.substring(0, slash))) {
        last = name;
      }
    }
    if (!plausible(last)) {
      return false;
    }
    facts.add("ref", last);
    if (tool.equals("helm")) {
      // helm push appends the chart's name and its version as tag.
      if (tagStart(withoutHost(last)) >= 0) {
        facts.add("flaw", "chart-tag");
      }
      place(last + (last.endsWith("/") ? "chart" : "/chart"), facts);
    } else {
      place(last, facts);
    }
    formOnly(last, facts);
    return true;
  }

  private static void local(String text, Facts facts) {
    var local = LOCAL.matcher(text);
    if (local.find()) {
      facts.add("local-ref", trimmed(local.group(1)));
    }
  }

  private static void workflow(String text, Facts facts) {
    var workflow = WORKFLOW.matcher(text);
    if (workflow.find()) {
      facts.add("workflow-file", workflow.group(1));
    }
  }

  private static void login(String text, Facts facts) {
    var login = LOGIN.matcher(text);
    while (login.find()) {
      facts.add("login-host", login.group(1).toLowerCase(Locale.ROOT));
    }
    if (HUB_LOGIN.matcher(text).find()) {
      facts.add("login-host", "docker.io");
    }
    var azure = ACR_LOGIN.matcher(text);
    if (azure.find()) {
      facts.add("login-host", azure.group(1).toLowerCase(Locale.ROOT) + ".azurecr.io");
    }
  }

  private static String trimmed(String name) {
    var end = name.length();
    while (end > 0 && ".,;)]}".indexOf(name.charAt(end - 1)) >= 0) {
      end--;
    }
    return name.substring(0, end).replace("<", "").replace(">", "");
  }

  private static boolean plausible(String name) {
    return (name.contains("/") || name.contains(":") || name.contains("$"))
        && name.length() > 1
        && !name.contains("/v2/")
        && !name.contains("=")
        && !name.startsWith("sha256:");
  }

  /** Adds the flaws of a reference that a tool complained about. */
  static void flaws(String name, Facts facts) {
    formOnly(name, facts);
    var rest = withoutHost(name);
    var tagged = tagStart(rest);
    var path = tagged < 0 ? rest : rest.substring(0, tagged);
    var tag = tagged < 0 ? "" : rest.substring(tagged + 1);
    if (tagged >= 0 && !tag.isEmpty()) {
      tagFlaws(tag, facts);
    }
    for (var segment : path.split("/", -1)) {
      if (!segment.isEmpty()
          && !SEGMENT.matcher(segment.toLowerCase(Locale.ROOT)).matches()
          && !segment.contains("$")) {
        facts.add("flaw", "name-characters");
      }
    }
  }

  /** Adds the flaw of a tag, which a request's path shows as well. */
  static void tagFlaws(String tag, Facts facts) {
    if (tag.contains("$") || tag.contains("{")) {
      facts.add("flaw", "variable").add("flaw", "tag-variable");
    } else if (tag.contains("/")) {
      facts.add("flaw", "tag-slash");
    } else if (tag.length() > 128) {
      facts.add("flaw", "tag-long");
    } else if (tag.contains(":")) {
      facts.add("flaw", "two-tags");
    } else if (!TAG.matcher(tag).matches() && tag.indexOf('@') < 0) {
      facts.add("flaw", "tag-characters");
    }
  }

  /** Flaws that are visible without a complaint, too. */
  private static void formOnly(String name, Facts facts) {
    var rest = withoutHost(name);
    var tagged = tagStart(rest);
    var path = tagged < 0 ? rest : rest.substring(0, tagged);
    var host = name.substring(0, name.length() - rest.length());
    if (host.chars().anyMatch(Character::isUpperCase) && !host.contains("$")) {
      facts.add("flaw", "uppercase-host");
    }
    if (name.contains("$") || name.contains("{{")) {
      facts.add("flaw", "variable");
    } else if (path.chars().anyMatch(Character::isUpperCase) && !path.contains("%")) {
      facts.add("flaw", "uppercase");
    }
    if (name.startsWith("http://") || name.startsWith("https://")) {
      facts.add("flaw", "scheme");
    } else if (name.replaceFirst("^[a-z-]{2,20}://", "").contains("//")) {
      facts.add("flaw", "double-slash");
    }
    if (name.startsWith("/")) {
      facts.add("flaw", "leading-slash");
    }
    if (path.isEmpty() || path.endsWith("/")) {
      facts.add("flaw", "empty-repository");
    }
    if (name.endsWith(":") && tagged >= 0) {
      facts.add("flaw", "empty-tag");
    }
  }

  /** Where the tag's colon is; -1 without a tag. A slash behind it belongs to a broken tag. */
  private static int tagStart(String rest) {
    var at = rest.indexOf('@');
    var colon = rest.indexOf(':');
    return at >= 0 && at < colon ? -1 : colon;
  }

  private static String withoutHost(String name) {
    var bare = name.replaceFirst("^(?:docker|https?)://", "");
    var slash = bare.indexOf('/');
    return slash > 0 && isHost(bare.substring(0, slash)) ? bare.substring(slash + 1) : bare;
  }

  /** Whether the first part of a name is a host (distribution/reference, normalize.go). */
  static boolean isHost(String first) {
    var colon = first.indexOf(':');
    var port = colon > 0 && first.substring(colon + 1).matches("\\d{1,5}");
    return first.equals("localhost") || first.startsWith("***") || first.contains(".") || port;
  }

  /** Adds host, registry kind and path shape of a reference that is pushed. */
  static void place(String name, Facts facts) {
    var bare = name.replaceFirst("^docker://", "");
    var slash = bare.indexOf('/');
    var hosted = slash > 0 && isHost(bare.substring(0, slash));
    var host = hosted ? bare.substring(0, slash) : "docker.io";
    host(host.toLowerCase(Locale.ROOT), facts);
    if (host.chars().anyMatch(Character::isUpperCase)) {
      facts.add("host-case");
    }
    if (!hosted) {
      facts.add("hostless", "yes");
    }
    var rest = withoutHost(name);
    var tagged = tagStart(rest);
    var path = tagged < 0 ? rest.replaceFirst("@.*", "") : rest.substring(0, tagged);
    if (!path.isEmpty()) {
      facts.add("path", path);
    }
  }

  /** Adds a host and its registry's kind. */
  static void host(String host, Facts facts) {
    facts.add("host", host);
    if (List.of("***", "*****").contains(host)) {
      facts.add("masked-host");
      return;
    }
    facts.add("run-by", Hosts.ofProvider(host) ? "provider" : "owner");
    Hosts.kind(host).ifPresent(kind -> facts.add("registry", kind));
  }
}
