package dev.gantry.rehearsal.likeness;

import static dev.gantry.rehearsal.Client.IMAGE;
import static dev.gantry.rehearsal.Client.bytes;
import static dev.gantry.rehearsal.Client.digest;
import static dev.gantry.rehearsal.Client.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.gantry.rehearsal.Client;
import dev.gantry.rehearsal.Rehearsal;
import dev.gantry.rehearsal.Settings;
import dev.gantry.rehearsal.auth.Auth;
import dev.gantry.rehearsal.auth.Secret;
import dev.gantry.rehearsal.auth.User;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** A registry of a kind in a state, and somebody who asks it by requests written in words. */
final class Probed implements AutoCloseable {
  private static final byte[] NOTHING = new byte[0];
  private static final String ZERO = "sha256:" + "0".repeat(64);

  /** Everybody's password is {@code x}. */
  private static final List<User> USERS =
      List.of(
          User.writer("owner", "x"),
          new User("pusher", Secret.plain("x"), Set.of("pull", "push")),
          User.reader("reader", "x"),
          new User("nobody", Secret.plain("x"), Set.of()));

  private final Rehearsal registry;
  private final Client client;
  private final Likeness likeness;
  private final String who;

  /**
   * @param who {@code open} where nobody signs in; {@code none} for no credentials where they are
   *     needed; a user, with {@code basic} before it where there are no tokens
   */
  Probed(String kind, String seed, String who, InstantSource clock) throws IOException {
    this.likeness = Likeness.of(kind);
    this.who = who.replace("basic ", "");
    Auth auth =
        who.equals("open")
            ? new Auth.Open()
            : who.startsWith("basic ") ? new Auth.Basic(USERS, false) : likeness.auth(USERS, false);
    this.registry =
        Rehearsal.start(
            Settings.plain()
                .like(likeness)
                .with(auth)
                .with(SeedFile.parse("the probe", seed))
                .with(clock));
    this.client = new Client(registry.uri());
  }

  Rehearsal registry() {
    return registry;
  }

  /**
   * Sends a request: {@code ping}, {@code open NAME}, {@code cancel NAME}, {@code mount NAME FROM},
   * {@code chunk NAME SIZE}, {@code head NAME TAG}, {@code put NAME TAG [TYPE]}, {@code zero NAME
   * TYPE} (a manifest with a wrong digest), {@code attach NAME TAG} (a manifest with a subject),
   * {@code referrers NAME TAG}.
   */
  HttpResponse<byte[]> send(String request) throws IOException, InterruptedException {
    var words = request.split(" ", -1);
    if (words[0].equals("ping")) {
      return call("GET", "/v2/", NOTHING);
    }
    var name = words[1];
    var uploads = "/v2/" + name + "/blobs/uploads/";
    var manifests = "/v2/" + name + "/manifests/";
    return switch (words[0]) {
      case "open" -> call("POST", uploads, NOTHING);
      case "cancel" -> call("DELETE", session(uploads), NOTHING);
      case "mount" ->
          call("POST", uploads + "?mount=" + digest(bytes("{}")) + "&from=" + words[2], NOTHING);
      case "chunk" -> {
        var chunk = new byte[Integer.parseInt(words[2])];
        var range = "0-" + (chunk.length - 1);
        yield call("PATCH", session(uploads), chunk, "Content-Range", range);
      }
      case "head" -> call("HEAD", manifests + words[2], NOTHING);
      case "put" -> {
        var type = words.length > 3 ? words[3] : IMAGE;
        yield put(manifests + words[2], type, manifest(type, ""));
      }
      case "zero" -> put(manifests + ZERO, words[2], "{}");
      case "attach" -> {
        var subject =
            ",\"subject\":{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
                .formatted(IMAGE, resolve(manifests + words[2]), size(manifests + words[2]));
        var manifest = manifest(IMAGE, subject);
        yield put(manifests + digest(bytes(manifest)), IMAGE, manifest);
      }
      case "referrers" ->
          call("GET", "/v2/" + name + "/referrers/" + resolve(manifests + words[2]), NOTHING);
      default -> throw new IllegalArgumentException("no such request: " + request);
    };
  }

  /** Asks the token endpoint at this path for these actions. */
  HttpResponse<byte[]> token(String path, String name, String actions)
      throws IOException, InterruptedException {
    var target = path + "?service=registry&scope=repository:" + name + ":" + actions;
    return who.equals("none") ? client.get(target) : client.get(target, basic());
  }

  /** The actions for this repository in a JWT, in their order; {@code none} without an entry. */
  static String granted(HttpResponse<byte[]> answer, String name) {
    var token = JsonParser.parseString(text(answer)).getAsJsonObject().get("access_token");
    var parts = token.getAsString().split("\\.", -1);
    if (parts.length == 1) {
      return "opaque";
    }
    var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    JsonArray access = JsonParser.parseString(claims).getAsJsonObject().getAsJsonArray("access");
    for (var entry : access) {
      if (entry.getAsJsonObject().get("name").getAsString().equals(name)) {
        return entry.getAsJsonObject().get("actions").toString().replace("\"", "");
      }
    }
    return "none";
  }

  /** The first error of a body. */
  static JsonObject error(HttpResponse<byte[]> answer) {
    var json = JsonParser.parseString(text(answer)).getAsJsonObject();
    return json.getAsJsonArray("errors").get(0).getAsJsonObject();
  }

  /** Demands that a repository is there ({@code +}) or is not ({@code -}). */
  void requireRepository(String expected) {
    if (!expected.isEmpty()) {
      assertThat(holds(expected.substring(1))).as(expected).isEqualTo(expected.startsWith("+"));
    }
  }

  /** Whether there is such a repository now, be it empty. */
  boolean holds(String repository) {
    return registry.store().names().contains(repository);
  }

  private static String manifest(String type, String more) {
    return """
    {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"application/vnd.oci.empty.v1+json",\
    "digest":"%s","size":2},"layers":[]%s}\
    """
        .formatted(type, digest(bytes("{}")), more);
  }

  private String session(String uploads) throws IOException, InterruptedException {
    return call("POST", uploads, NOTHING).headers().firstValue("Location").orElseThrow();
  }

  private String resolve(String manifest) throws IOException, InterruptedException {
    var answer = call("HEAD", manifest, NOTHING);
    return answer.headers().firstValue("Docker-Content-Digest").orElseThrow();
  }

  private long size(String manifest) throws IOException, InterruptedException {
    return call("GET", manifest, NOTHING).body().length;
  }

  private HttpResponse<byte[]> put(String target, String type, String manifest)
      throws IOException, InterruptedException {
    return call("PUT", target, bytes(manifest), "Content-Type", type);
  }

  private String[] basic() {
    var pair = who.equals("wrong") ? "owner:y" : who + ":x";
    return new String[] {
      "Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes(pair))
    };
  }

  /** Sends a request with what whoever asks was given for its repository. */
  private HttpResponse<byte[]> call(String method, String target, byte[] body, String... headers)
      throws IOException, InterruptedException {
    var all = new java.util.ArrayList<>(List.of(headers));
    if (registry.uri().resolve(target).getPath().startsWith("/v2/") && signsIn()) {
      all.addAll(List.of(authorization(registry.uri().resolve(target).getPath())));
    }
    return client.send(method, target, body, all.toArray(String[]::new));
  }

  private boolean signsIn() {
    return !who.equals("open") && !who.equals("none");
  }

  private String[] authorization(String target) throws IOException, InterruptedException {
    if (!challenged()) {
      return basic();
    }
    var name = target.replaceFirst("^/v2/", "").replaceFirst("/(blobs|manifests|referrers)/.*", "");
    var actions = who.equals("owner") ? "pull,push,delete" : "pull,push";
    var path = likeness.tokenPath().orElse("/token");
    var json = JsonParser.parseString(text(token(path, name, actions))).getAsJsonObject();
    return new String[] {"Authorization", "Bearer " + json.get("access_token").getAsString()};
  }

  /** Whether it wants tokens. */
  private boolean challenged() throws IOException, InterruptedException {
    var challenge = client.get("/v2/").headers().firstValue("WWW-Authenticate").orElse("");
    return challenge.startsWith("Bearer ");
  }

  @Override
  public void close() throws IOException {
    client.close();
    registry.close();
  }
}
