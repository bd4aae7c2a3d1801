package dev.gantry.explain.log;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds what a line says about requests and their answers: method, host, endpoint of the
 * distribution API, status, error code, and the repository in a token's scope.
 */
final class Requests {
  private static final Pattern URL =
      Pattern.compile("(?i)\\b(https?)://([^/\\s\"'<>,\\])]{1,255})(/[^\\s\"'<>\\])]{0,2000})?");

  /** What a name's first part with a capital becomes: a host (distribution/reference). */
  private static final Pattern CAPITAL_OWNER =
      Pattern.compile("(?=[A-Za-z0-9-]{0,60}[A-Z])(?=[A-Za-z0-9-]{0,60}[a-z])[A-Za-z0-9-]{1,63}");

  /** What people and tools write for what they leave out. */
  private static final Pattern ELIDED = Pattern.compile("[\\[<>()…%?]|\\.\\.");

  private static final Pattern METHOD =
      Pattern.compile("(?i)\\b(get|head|post|put|patch|delete)\\b(?: request to)?:? *[\"']?$");
  private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])[45]\\d{2}(?![%\\w]|[.:]\\S)");

  /** What stands before a number that is a status. */
  private static final Pattern STATUS =
      Pattern.compile(
          "(?i)(?:status(?: code)?|status=|code|http(?:/\\d(?:\\.\\d)?)?|error|returned|response"
              + "|<title>|<h1>|registry|answered|: ?|\\() ?[:=(\\[\"]{0,3} ?$");

  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)\\b([45]\\d{2})[)\\]]? ?\\(?(?:bad request|unauthorized|payment"
              + " required|forbidden|not found|method not allowed|proxy authentication|request"
              + " timeout|conflict|gone|length required|precondition failed|request entity too"
              + " large|payload too large|content too large|unsupported media|requested range|range"
              + " not|too many requests|internal server error|not implemented|bad gateway|service"
              + " (?:temporarily )?unavailable|gateway time-?out|insufficient storage|denied)");
  private static final Pattern SCOPE =
      Pattern.compile(
          "scope=repository(?::|%3A)([^&\\s\"']{1,300}?)(?::|%3A)([a-z*,%2C]{3,40})(?:[&\\s\"']|$)");
  private static final Pattern AUTH =
      Pattern.compile(
          "\\[auth\\] (?:sharing credentials for )?(\\S{1,255}?)(?::\\S{4,40} token for"
              + " (\\S{1,255}))?$");

  /** An upload as the containers' library names it: its path, then its host. */
  private static final Pattern UPLOAD_TO =
      Pattern.compile(
          "layer upload to (/v2/\\S{1,300}/blobs/uploads/) in ([a-zA-Z0-9.:*-]{1,255})");

  private static final Pattern CODE =
      Pattern.compile(
          "\\b(DENIED|UNAUTHORIZED|NAME_UNKNOWN|NAME_INVALID|BLOB_UNKNOWN|BLOB_UPLOAD_UNKNOWN"
              + "|BLOB_UPLOAD_INVALID|MANIFEST_UNKNOWN|MANIFEST_INVALID|MANIFEST_UNVERIFIED"
              + "|MANIFEST_BLOB_UNKNOWN|TAG_INVALID|TAG_IMMUTABLE|DIGEST_INVALID|SIZE_INVALID"
              + "|TOOMANYREQUESTS|UNSUPPORTED|PRECONDITION|PROJECTPOLICYVIOLATION"
              + "|REQUEST_ENTITY_TOO_LARGE|UNAVAILABLE|UNKNOWN)\\b");

  /** Beginnings and parts of the codes above; the expression is dear. */
  private static final List<String> CAPITALS =
      List.of(
          "DENIED",
          "UNAUTH",
          "UNKNOWN",
          "INVALID",
          "TOOMANY",
          "UNSUPP",
          "PRECOND",
          "PROJECTP",
          "TOO_LARGE",
          "UNAVAIL",
          "IMMUTABLE",
          "UNVERIF");

  private static final Map<String, String> SPOKEN_CODES =
      Map.ofEntries(
          Map.entry("denied: ", "DENIED"),
          Map.entry("unauthorized: ", "UNAUTHORIZED"),
          Map.entry("name unknown", "NAME_UNKNOWN"),
          Map.entry("name invalid", "NAME_INVALID"),
          Map.entry("manifest unknown", "MANIFEST_UNKNOWN"),
          Map.entry("manifest invalid", "MANIFEST_INVALID"),
          Map.entry("blob upload unknown", "BLOB_UPLOAD_UNKNOWN"),
          Map.entry("blob upload invalid", "BLOB_UPLOAD_INVALID"),
          Map.entry("manifest blob unknown", "MANIFEST_BLOB_UNKNOWN"),
          Map.entry("tag invalid", "TAG_INVALID"),
          Map.entry("toomanyrequests", "TOOMANYREQUESTS"),
          Map.entry(": unsupported", "UNSUPPORTED"),
          Map.entry("unsupported: the operation", "UNSUPPORTED"));

  /** Words of programs that print the status with which the engine's own API answered them. */
  private static final List<String> OF_ENGINE =
      List.of(
          "(http code ",
          "500 server error: internal server error",
          "http+docker://",
          "post unix://",
          "api error (",
          "api responded with",
          "status 500: {message:");

  /** What stands in every address of the API, of its tokens and of its first version. */
  private static final List<String> ADDRESSED =
      List.of("/v2", "/v1/", "token", "service=", "scope=", "/oauth2/", "/auth");

  private Requests() {}

  /** Whether an address of a registry may stand in it; cheaper than to look for one. */
  static boolean mayBeToRegistry(String text) {
    return ADDRESSED.stream().anyMatch(text::contains);
  }

  /** Adds what the text says; {@code plain} is the same in plain form. */
  static void find(String text, String plain, Facts facts) {
    var whole = unformatted(text);
    var urls = URL.matcher(whole);
    var some = whole.contains("://") && mayBeToRegistry(whole);
    for (var count = 0; some && count < 6 && urls.find(); count++) {
      var path = urls.group(3) == null ? "/" : urls.group(3);
      var endpoint = endpoint(path);
      if (endpoint.isEmpty()) {
        continue;
      }
      facts.add("url", withoutColon(urls.group())).add("endpoint", endpoint);
      facts.add("scheme", urls.group(1).toLowerCase(Locale.ROOT));
      References.host(urls.group(2).toLowerCase(Locale.ROOT), facts);
      if (CAPITAL_OWNER.matcher(urls.group(2)).matches()) {
        facts.add("flaw", "uppercase-host");
      }
      var before = METHOD.matcher(whole.substring(Math.max(0, urls.start() - 24), urls.start()));
      if (before.find()) {
        facts.add("method", before.group(1).toUpperCase(Locale.ROOT));
      }
      if (endpoint.equals("token")
          && (path.contains("account=") || path.contains("refresh_token="))) {
        facts.add("credentials", "basic");
      }
      repository(path, facts);
      if (path.contains("%3Cmissing%3E")
          || path.contains("//blobs")
          || path.contains("/v2//manifests")) {
        facts.add("flaw", "empty-repository");
      } else if (path.contains("/v2//")) {
        facts.add("flaw", "empty-segment");
      }
    }
    var upload = UPLOAD_TO.matcher(whole);
    if (plain.contains("layer upload to /v2/") && upload.find()) {
      repository(upload.group(1), facts);
      References.host(upload.group(2).toLowerCase(Locale.ROOT), facts);
    }
    if (OF_ENGINE.stream().noneMatch(plain::contains)) {
      status(whole, facts);
    }
    codes(whole, plain, facts);
    detail(plain, facts);
    var auth = AUTH.matcher(whole);
    if (plain.contains("[auth]") && auth.find() && auth.group(2) != null) {
      facts.add("scope-repository", auth.group(1));
      References.host(auth.group(2).toLowerCase(Locale.ROOT), facts);
    }
  }

  /** The actions in an error's detail, as go-containerregistry prints it: map[Action:push …]. */
  private static void detail(String plain, Facts facts) {
    if (plain.contains("action:push")) {
      facts.add("asks", "push");
    } else if (plain.contains("action:pull")) {
      facts.add("asks", "pull");
    }
  }

  /** Go's printf took %3A, %2F and %2C of a URL for verbs: back to what they were. */
  static String unformatted(String text) {
    return text.contains("(MISSING)")
        ? text.replace("%!A(MISSING)", "%3A")
            .replace("%!F(MISSING)", "%2F")
            .replace("%!C(MISSING)", "%2C")
        : text;
  }

  /** A sentence goes on behind the colon. */
  private static String withoutColon(String url) {
    return url.replaceFirst("[:;,.]+$", "");
  }

  /** The endpoint's kind by its path; empty when it is no registry's. */
  private static String endpoint(String path) {
    if (path.contains("/blobs/uploads")) {
      return "upload";
    }
    if (path.contains("/manifests/")) {
      return "manifest";
    }
    if (path.contains("/blobs/")) {
      return "blob";
    }
    if (path.contains("/referrers/") || path.contains("/tags/list") || path.contains("/_catalog")) {
      return "list";
    }
    for (var token :
        List.of(
            "scope=repository",
            "/token?",
            "/oauth2/",
            "/service/token",
            "/jwt/auth",
            "/v2/auth",
            "service=")) {
      if (path.contains(token)) {
        return "token";
      }
    }
    if (path.endsWith("/token") || path.endsWith("/v2/token")) {
      return "token";
    }
    if (path.equals("/v2/") || path.equals("/v2") || path.matches("/v2/[^/]{0,3}")) {
      return "ping";
    }
    return path.contains("/v1/_ping")
            || path.contains("/v1/images")
            || path.contains("/v1/users")
            || path.contains("/v1/repositories")
        ? "v1"
        : "";
  }

  private static void repository(String path, Facts facts) {
    var scope = SCOPE.matcher(path);
    if (scope.find()) {
      var name =
          URLDecoder.decode(
              scope.group(1).replace("%", "%25").replace("%252F", "%2F"), StandardCharsets.UTF_8);
      facts.add("scope-repository", name);
      facts.add("scope", scope.group(2).contains("push") ? "push" : "pull");
      return;
    }
    if (path.startsWith("/v2/")) {
      var end = path.length();
      for (var part : List.of("/blobs/", "/manifests/", "/tags/", "/referrers/")) {
        var at = path.indexOf(part);
        end = at >= 0 ? Math.min(end, at) : end;
      }
      if (end > 4 && end < path.length()) {
        facts.add("url-repository", path.substring(4, end));
      }
      tag(path, facts);
    }
  }

  /** Adds what is wrong with the tag of a manifest's path, if it was printed in full. */
  private static void tag(String path, Facts facts) {
    var from = path.indexOf("/manifests/");
    var tag = from < 0 ? "" : withoutColon(path.substring(from + 11).replace("%2B", "+"));
    if (!tag.isEmpty() && !tag.contains("sha256") && !ELIDED.matcher(tag).find()) {
      References.tagFlaws(tag, facts);
    }
  }

  /** Numbers from 400 to 599 that stand alone; the expressions are tried there only. */
  private static void status(String text, Facts facts) {
    for (var at = 0; at + 2 < text.length(); at++) {
      var c = text.charAt(at);
      if ((c == '4' || c == '5')
          && Character.isDigit(text.charAt(at + 1))
          && Character.isDigit(text.charAt(at + 2))
          && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))) {
        status(text, at, facts);
      }
    }
  }

  private static void status(String text, int at, Facts facts) {
    var named = NAMED.matcher(text).region(at, text.length()).useTransparentBounds(true);
    if (named.lookingAt()) {
      facts.add("status", named.group(1));
    }
    var number = NUMBER.matcher(text).region(at, text.length()).useTransparentBounds(true);
    if (number.lookingAt()) {
      var before = text.substring(Math.max(0, at - 24), at);
      var lead = STATUS.matcher(before);
      if (lead.find() && (!":(".contains(lead.group().substring(0, 1)) || facts.has("endpoint"))) {
        facts.add("status", number.group());
      }
    }
  }

  private static void codes(String text, String plain, Facts facts) {
    var codes = CODE.matcher(text);
    while (CAPITALS.stream().anyMatch(text::contains) && codes.find()) {
      facts.add("code", codes.group(1));
    }
    SPOKEN_CODES.forEach((words, code) -> {
      if (plain.contains(words)) {
        facts.add("code", code);
      }
    });
  }
}
