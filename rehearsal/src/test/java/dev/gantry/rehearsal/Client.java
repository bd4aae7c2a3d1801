package dev.gantry.rehearsal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A client of a registry by the JDK's HTTP, so that our own client proves nothing about it. */
public final class Client implements AutoCloseable {
  public static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
  public static final String INDEX = "application/vnd.oci.image.index.v1+json";

  private final URI registry;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public Client(URI registry) {
    this.registry = registry;
  }

  /** Sends a request; headers are names and values in turn. */
  public HttpResponse<byte[]> send(String method, String target, byte[] body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(registry.resolve(target))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  public HttpResponse<byte[]> get(String target, String... headers)
      throws IOException, InterruptedException {
    return send("GET", target, new byte[0], headers);
  }

  /** Opens an upload session and gives its Location. */
  public String open(String repository) throws IOException, InterruptedException {
    var answer = send("POST", "/v2/" + repository + "/blobs/uploads/", new byte[0]);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  /** Sends a chunk that begins here. */
  public HttpResponse<byte[]> chunk(String location, long first, byte[] bytes)
      throws IOException, InterruptedException {
    return send(
        "PATCH",
        location,
        bytes,
        "Content-Range",
        first + "-" + (first + bytes.length - 1),
        "Content-Type",
        "application/octet-stream");
  }

  /** Pushes a blob by POST and PUT and gives its digest. */
  public String push(String repository, byte[] blob) throws IOException, InterruptedException {
    var digest = digest(blob);
    var answer = send("PUT", open(repository) + "?digest=" + digest, blob);
    if (answer.statusCode() != 201) {
      throw new IOException("push answered " + answer.statusCode() + " " + text(answer));
    }
    return digest;
  }

  public HttpResponse<byte[]> putManifest(
      String repository, String reference, String type, String manifest)
      throws IOException, InterruptedException {
    return send(
        "PUT",
        "/v2/" + repository + "/manifests/" + reference,
        bytes(manifest),
        "Content-Type",
        type);
  }

  /** Pushes an image of one layer and gives its digest. */
  public String pushImage(String repository, String tag, String layer)
      throws IOException, InterruptedException {
    var config = bytes("{}");
    var _ = push(repository, config);
    var _ = push(repository, bytes(layer));
    var manifest = image(layer);
    var answer = putManifest(repository, tag, IMAGE, manifest);
    if (answer.statusCode() != 201) {
      throw new IOException("push answered " + answer.statusCode() + " " + text(answer));
    }
    return digest(bytes(manifest));
  }

  /** An image manifest with an empty config and this layer. */
  public static String image(String layer) {
    return
"""
{"schemaVersion":2,"mediaType":"%s",
"config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":2},
"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":%d}]}\
"""
        .formatted(IMAGE, digest(bytes("{}")), digest(bytes(layer)), bytes(layer).length);
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  public static String digest(byte[] bytes) {
    return digest("SHA-256", "sha256", bytes);
  }

  public static String digest(String jdkName, String word, byte[] bytes) {
    try {
      var sum = MessageDigest.getInstance(jdkName).digest(bytes);
      return word + ":" + HexFormat.of().formatHex(sum);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
