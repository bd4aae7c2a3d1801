package dev.gantry.explain;

import static dev.gantry.explain.Tools.Speaking.PLAIN;
import static dev.gantry.explain.Tools.Speaking.TLS;

import dev.gantry.explain.Tools.Speaking;
import dev.gantry.explain.Tools.Tool;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Something that goes wrong with a push, and the causes of which one is right.
 *
 * @param faults lines for the rehearsal registry
 * @param at the target; {@code HOST} is the registry's name
 * @param end what stands at the other end
 * @param signIn none, basic or bearer; then the registry knows ann, who may push, and rob, who may
 *     pull
 * @param user with which name and password a tool signs in
 * @param unseen tools that do not meet it, or of whose words nothing remains
 */
record Trouble(
    String name,
    Set<String> right,
    List<String> faults,
    String image,
    String at,
    End end,
    Speaking speaking,
    String signIn,
    Optional<String> user,
    Set<Tool> unseen) {
  private static final String PAGE =
      " header \"Content-Type: text/html\" body \"<html><head><title>%1$s</title></head>"
          + "<body><center><h1>%1$s</h1></center></body></html>\"";

  /** What stands at the other end. */
  enum End {
    REGISTRY,
    UNTRUSTED,
    EXPIRED,
    FUTURE,
    OTHER_NAME,
    PROXY,
    CREDENTIAL_HELPER,
    NOTHING
  }

  private static Trouble of(String name, String right, String... faults) {
    return new Trouble(
        name,
        Set.of(right.split("\\|")),
        List.of(faults),
        "lab:v1",
        "HOST/team/app:v1",
        End.REGISTRY,
        PLAIN,
        "none",
        Optional.empty(),
        Set.of());
  }

  private Trouble at(String target) {
    return new Trouble(
        name, right, faults, image, target, end, speaking, signIn, user, Set.of(Tool.helm));
  }

  private Trouble with(End other, Speaking way) {
    return new Trouble(name, right, faults, image, at, other, way, signIn, user, unseen);
  }

  private Trouble of(String local) {
    return new Trouble(name, right, faults, local, at, end, speaking, signIn, user, unseen);
  }

  private Trouble signing(String way, String... who) {
    var one = List.of(who).stream().findFirst();
    return new Trouble(name, right, faults, image, at, end, speaking, way, one, unseen);
  }

  private Trouble unseenBy(Tool... tools) {
    return new Trouble(name, right, faults, image, at, end, speaking, signIn, user, Set.of(tools));
  }

  /**
   * The Engine tries an upload five times, with pauses that add up to 50 s: it meets what is told
   * at the token endpoint, at the manifest without a fault of the server's, or before any request.
   */
  boolean soon(Tool tool) {
    return tool != Tool.docker
        || faults.stream()
            .allMatch(fault ->
                fault.startsWith("token")
                    || (fault.startsWith("put-manifest") && fault.contains("status 4")));
  }

  private static String answer(int status, String code, String message) {
    return "status "
        + status
        + " header \"Content-Type: application/json\" body \"{\\\"errors\\\":[{\\\"code\\\":\\\""
        + code
        + "\\\",\\\"message\\\":\\\""
        + message
        + "\\\"}]}\"";
  }

  private static String page(int status, String title) {
    return "status " + status + PAGE.formatted(title);
  }

  /** Before anything is answered. */
  static List<Trouble> ofConnections() {
    return List.of(
        of("dead port", "net.connect").at("127.0.0.1:1/team/app:v1").with(End.NOTHING, PLAIN),
        of("wrong name", "net.dns")
            .at("registry.gantry-lab.invalid/team/app:v1")
            .with(End.NOTHING, TLS),
        of("untrusted", "net.tls-trust").with(End.UNTRUSTED, TLS),
        of("expired", "net.tls-other").with(End.EXPIRED, TLS),
        of("not yet valid", "local.clock-skew|net.tls-other").with(End.FUTURE, TLS),
        of("other name", "net.tls-other").with(End.OTHER_NAME, TLS),
        of("https to http", "net.http-https").with(End.REGISTRY, TLS).unseenBy(Tool.docker),
        of("http to https", "net.http-https")
            .with(End.UNTRUSTED, PLAIN)
            .unseenBy(Tool.docker, Tool.regctl),
        of("proxy refuses", "net.proxy")
            .at("registry.gantry-lab.invalid/team/app:v1")
            .with(End.PROXY, TLS)
            .unseenBy(Tool.docker, Tool.buildctl, Tool.helm),
        of("cut upload", "net.reset", "upload: cut received 1k").unseenBy(Tool.helm, Tool.buildctl),
        of("cut manifest", "net.reset", "put-manifest: cut received 100"));
  }

  /** Who may, and who one is. */
  static List<Trouble> ofSigningIn() {
    var nobody = "auth.not-logged-in|auth.bad-credentials";
    var outage = "server.outage|server.misconfigured";
    return List.of(
        of("401", nobody, "any: status 401").unseenBy(Tool.regctl),
        of("401 basic", nobody, "any: status 401 header \"WWW-Authenticate: Basic realm=x\""),
        of("wrong password", "auth.bad-credentials").signing("bearer", "ann:wrong"),
        of("wrong password, basic", nobody).signing("basic", "ann:wrong"),
        of("no credentials", "auth.not-logged-in").signing("bearer"),
        of("no credentials, basic", nobody).signing("basic"),
        of("may pull only", "auth.token-scope|auth.package-access|name.repository-missing")
            .signing("bearer", "rob:correct"),
        of("token 503", outage, "token: status 503")
            .signing("bearer", "ann:correct")
            .unseenBy(Tool.regctl),
        of("token 500", outage, "token: status 500")
            .signing("bearer", "ann:correct")
            .unseenBy(Tool.regctl),
        of("token is a page", "server.misconfigured|net.proxy", "token: " + page(200, "Hello"))
            .signing("bearer", "ann:correct"),
        of(
                "token 403",
                "auth.bad-credentials|auth.token-scope|auth.org-policy",
                "token: status 403")
            .signing("bearer", "ann:correct"),
        of("helper missing", "auth.helper")
            .with(End.CREDENTIAL_HELPER, PLAIN)
            .signing("basic")
            .unseenBy(Tool.regctl));
  }

  /** What a registry says no to. */
  static List<Trouble> ofAnswers() {
    var may = "auth.token-scope|auth.package-access";
    var denied = answer(403, "DENIED", "requested access to the resource is denied");
    var ecr =
        "The image tag 'v1' already exists in the 'team/app' repository and cannot be"
            + " overwritten because the tag is immutable.";
    var full =
        "adding 1.2 MiB of storage resource, which when updated to current usage of 9.9 GiB"
            + " will exceed the configured upper limit of 10.0 GiB.";
    return List.of(
        of("413", "policy.size-limit", "upload: " + page(413, "413 Request Entity Too Large"))
            .unseenBy(Tool.regctl),
        of("429", "policy.rate-limit", "any: too-many 1").unseenBy(Tool.regctl),
        of("429 upload", "policy.rate-limit", "POST /v2/**: too-many 1").unseenBy(Tool.regctl),
        of("403", may, "POST /v2/**: status 403"),
        of("403 denied", may, "POST /v2/**: " + denied),
        of("403 manifest", may, "put-manifest: " + denied),
        of(
            "403 page",
            "net.proxy|auth.org-policy|server.misconfigured",
            "any: " + page(403, "403 Forbidden")),
        of(
            "404 name",
            "name.repository-missing",
            "POST /v2/**: " + answer(404, "NAME_UNKNOWN", "repository name not known to registry")),
        of("404", "name.repository-missing|server.misconfigured", "POST /v2/**: status 404"),
        of(
            "400 name",
            "name.namespace|name.invalid-reference",
            "POST /v2/**: " + answer(400, "NAME_INVALID", "invalid repository name")),
        of(
            "400 manifest",
            "policy.unsupported-media-type",
            "put-manifest: " + answer(400, "MANIFEST_INVALID", "manifest invalid")),
        of(
            "blob unknown",
            "content.blob-unknown",
            "put-manifest: " + answer(404, "MANIFEST_BLOB_UNKNOWN", "blob unknown to registry")),
        of("quota", "policy.quota", "POST /v2/**: " + answer(412, "DENIED", full)),
        of(
            "tag exists, ECR",
            "policy.tag-immutable",
            "put-manifest: " + answer(400, "ImageTagAlreadyExistsException", ecr)),
        of(
            "tag exists, Hub",
            "policy.tag-immutable",
            "put-manifest: "
                + answer(
                    400, "TAG_INVALID", "manifest tag did not match URI, tag v1 is immutable")),
        of(
            "tag exists, Harbor",
            "policy.tag-immutable",
            "put-manifest: "
                + answer(
                    412,
                    "PRECONDITION",
                    "Failed to process request due to 'app:v1' configured as immutable.")),
        of("read-only", "policy.read-only", "any: read-only"),
        of("digest invalid", "content.digest-mismatch", "upload: damage received")
            .unseenBy(Tool.helm, Tool.buildctl, Tool.regctl),
        of("other digest", "content.digest-mismatch", "put-manifest: wrong-digest"));
  }

  /** What is the matter with the registry itself. */
  static List<Trouble> ofServers() {
    var outage = "server.outage|server.misconfigured";
    return List.of(
        of("500", outage, "POST /v2/**: status 500"),
        of("502 manifest", outage, "put-manifest: html 502"),
        of("503", outage, "any: status 503"),
        of("server's disk full", outage + "|policy.quota|local.disk-full", "upload: full-disk")
            .unseenBy(Tool.regctl),
        of("no Location", "server.misconfigured", "POST /v2/**: no-location"),
        of(
                "Location elsewhere",
                "server.misconfigured|net.dns",
                "POST /v2/**: location http://registry.gantry-lab.invalid:8080")
            .unseenBy(Tool.regctl),
        of("a page at /v2/", "server.misconfigured|net.proxy", "any: " + page(200, "Sign in")),
        of("nothing at /v2/", "server.misconfigured", "any: " + page(404, "404 page not found")),
        of(
            "session lost",
            "content.blob-unknown|server.misconfigured",
            "chunk,finish: lose-sessions"));
  }

  /** What is wrong before a registry is asked. */
  static List<Trouble> ofNames() {
    var tag = "name.invalid-tag|name.invalid-reference|ci.tags-empty";
    return List.of(
        of("uppercase", "name.uppercase").at("HOST/Team/App:v1"),
        of("double slash", "name.invalid-reference").at("HOST//app:v1"),
        of("slash in the tag", tag).at("HOST/team/app:feature/x"),
        of("plus in the tag", tag).at("HOST/team/app:v1+2"),
        of("empty tag", tag).at("HOST/team/app:"),
        of("scheme", "name.invalid-reference").at("https://HOST/team/app:v1"),
        of("no such image", "name.local-image-missing")
            .of("lab:v2")
            .unseenBy(Tool.crane, Tool.helm, Tool.buildctl));
  }
}
