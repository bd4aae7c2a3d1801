package dev.gantry.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** nginx as a server of our client: by itself, in front of our server, over TLS both ways. */
@Timeout(120)
final class NginxInterop {
  private static final Handler ECHO =
      exchange -> {
        var body = exchange.body().readAllBytes();
        exchange.respond(200, Headers.of("X-Target", exchange.target()), new Body.Bytes(body));
      };

  @TempDir Path folder;
  private Process nginx;
  private HttpServer behind;
  private int plain;
  private int secure;
  private int mutual;
  private final Identity identity = Identity.made(List.of("127.0.0.1"));
  private final Identity own = Identity.made(List.of("somebody"));

  @BeforeEach
  void start() throws Exception {
    var program = Programs.need("nginx");
    behind = HttpServer.start(ECHO);
    plain = freePort();
    secure = freePort();
    mutual = freePort();
    Files.createDirectories(folder.resolve("www"));
    Files.createDirectories(folder.resolve("tmp"));
    Files.writeString(folder.resolve("chain.pem"), identity.pem());
    Files.writeString(folder.resolve("key.pem"), Pem.of(identity.key()));
    Files.writeString(folder.resolve("clients.pem"), Pem.of(List.of(own.chain().getLast())));
    Files.writeString(folder.resolve("nginx.conf"), configuration());
    nginx =
        new ProcessBuilder(
                program.toString(),
                "-p",
                folder.toString(),
                "-e",
                folder.resolve("error.log").toString(),
                "-c",
                folder.resolve("nginx.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.out").toFile())
            .start();
    awaitListening();
  }

  private String configuration() {
    var user = System.getProperty("user.name").equals("root") ? "user root;" : "";
    return """
    daemon off; pid FOLDER/pid; USER worker_processes 1;
    events { worker_connections 200; }
    http {
      access_log off; client_max_body_size 1m; sendfile on;
      client_body_temp_path FOLDER/tmp/a; proxy_temp_path FOLDER/tmp/b;
      fastcgi_temp_path FOLDER/tmp/c; uwsgi_temp_path FOLDER/tmp/d; scgi_temp_path FOLDER/tmp/e;
      server {
        listen 127.0.0.1:PLAIN; root FOLDER/www;
        location /moved { return 302 http://127.0.0.1:PLAIN/file; }
        location /big { client_max_body_size 100m; proxy_pass http://127.0.0.1:BEHIND; }
        location /direct {
          client_max_body_size 100m; proxy_pass http://127.0.0.1:BEHIND;
          proxy_request_buffering off; proxy_http_version 1.1; proxy_buffering off;
        }
        location /echo { proxy_pass http://127.0.0.1:BEHIND; }
      }
      server {
        listen 127.0.0.1:SECURE ssl; root FOLDER/www;
        ssl_certificate FOLDER/chain.pem; ssl_certificate_key FOLDER/key.pem;
      }
      server {
        listen 127.0.0.1:MUTUAL ssl; root FOLDER/www;
        ssl_certificate FOLDER/chain.pem; ssl_certificate_key FOLDER/key.pem;
        ssl_client_certificate FOLDER/clients.pem; ssl_verify_client on;
      }
    }
    """
        .replace("FOLDER", folder.toString())
        .replace("USER", user)
        .replace("PLAIN", "" + plain)
        .replace("SECURE", "" + secure)
        .replace("MUTUAL", "" + mutual)
        .replace("BEHIND", "" + behind.port());
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitListening() throws Exception {
    while (true) {
      try (var probe = new Socket("127.0.0.1", mutual)) {
        assertThat(probe.isConnected()).isTrue();
        return;
      } catch (java.net.ConnectException notYet) {
        if (nginx.waitFor(20, TimeUnit.MILLISECONDS)) {
          throw new AssertionError(Files.readString(folder.resolve("nginx.out")), notYet);
        }
      }
    }
  }

  @AfterEach
  void stop() throws Exception {
    if (nginx != null) {
      nginx.destroy();
      nginx.waitFor();
    }
    if (behind != null) {
      behind.close();
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + plain + path);
  }

  @Test
  void readsFilesRangesRedirectsAndNotModified() throws Exception {
    var content = new byte[3_000_000];
    new Random(3).nextBytes(content);
    Files.write(folder.resolve("www/file"), content);
    try (var client = new HttpClient(ClientSettings.DEFAULT)) {
      for (var path : List.of("/file", "/moved")) {
        try (var answer = client.send(Request.of("GET", uri(path)))) {
          assertThat(answer.body().readAllBytes()).isEqualTo(content);
        }
      }
      try (var answer = client.send(Request.of("HEAD", uri("/file")))) {
        assertThat(answer.headers().first("Content-Length")).contains("3000000");
        var tag = answer.headers().first("ETag").orElseThrow();
        var again = Request.of("GET", uri("/file")).plus("If-None-Match", tag);
        try (var same = client.send(again)) {
          assertThat(same.status()).isEqualTo(304);
        }
      }
      var part = Request.of("GET", uri("/file")).plus("Range", "bytes=5-9");
      try (var answer = client.send(part)) {
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.body().readAllBytes()).hasSize(5);
      }
      try (var answer = client.send(Request.of("GET", uri("/none")))) {
        assertThat(answer.status()).isEqualTo(404);
      }
    }
  }

  @Test
  void sendsBodiesThroughNginxToOurServer() throws Exception {
    var content = new byte[5_000_000];
    new Random(4).nextBytes(content);
    var file = Files.write(folder.resolve("content"), content);
    try (var client = new HttpClient(ClientSettings.DEFAULT)) {
      for (var path : List.of("/big?x=%2F", "/direct?y")) {
        for (var body :
            List.of(
                new Body.FileRegion(file, 0, content.length),
                new Body.Bytes(content),
                new Body.Stream(() -> Files.newInputStream(file), OptionalLong.empty()))) {
          for (var expect : List.of(Headers.NONE, Headers.of("Expect", "100-continue"))) {
            var put = Request.of("PUT", uri(path)).with(body).with(expect);
            try (var answer = client.send(put)) {
              assertThat(answer.headers().first("X-Target")).contains(path);
              assertThat(answer.body().readAllBytes()).isEqualTo(content);
            }
          }
        }
      }
    }
  }

  @Test
  void hears413WhileSendingAndBefore() throws Exception {
    var file = Files.write(folder.resolve("content"), new byte[60_000_000]);
    var bodies =
        List.of(
            new Body.FileRegion(file, 0, 60_000_000),
            new Body.Stream(() -> Files.newInputStream(file), OptionalLong.empty()));
    try (var client = new HttpClient(ClientSettings.DEFAULT)) {
      for (int i = 0; i < 10; i++) {
        for (var body : bodies) {
          for (var expect : List.of(Headers.NONE, Headers.of("Expect", "100-continue"))) {
            var put = Request.of("PUT", uri("/echo")).with(body).with(expect);
            try (var answer = client.send(put)) {
              assertThat(answer.status()).isEqualTo(413);
              assertThat(new String(answer.bytes(9999), UTF_8)).contains("nginx");
            }
          }
        }
      }
    }
  }

  @Test
  void speaksTlsAndTellsItsFaults() throws Exception {
    Files.writeString(folder.resolve("www/file"), "secret");
    var trusting = Tls.Rules.DEFAULT.trusting(List.of(identity.chain().getLast()));
    var there = URI.create("https://127.0.0.1:" + secure + "/file");
    try (var client = new HttpClient(ClientSettings.DEFAULT.with(Tls.of(trusting)))) {
      for (int i = 0; i < 3; i++) {
        try (var answer = client.send(Request.of("GET", there))) {
          assertThat(new String(answer.bytes(99), UTF_8)).isEqualTo("secret");
        }
      }
      var toMutual = URI.create("https://127.0.0.1:" + mutual + "/file");
      try (var answer = client.send(Request.of("GET", toMutual))) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(new String(answer.bytes(999), UTF_8)).contains("No required SSL certificate");
      }
      var wrong = URI.create("http://127.0.0.1:" + secure + "/file");
      try (var answer = client.send(Request.of("GET", wrong))) {
        assertThat(answer.status()).isEqualTo(400);
      }
    }
    try (var client = new HttpClient(ClientSettings.DEFAULT)) {
      var fault =
          catchThrowableOfType(HttpFault.class, () -> client.send(Request.of("GET", there)));
      assertThat(fault.kind()).isEqualTo(HttpFault.Kind.TLS_TRUST);
      var plainPort = URI.create("https://127.0.0.1:" + plain + "/");
      var noTls =
          catchThrowableOfType(HttpFault.class, () -> client.send(Request.of("GET", plainPort)));
      assertThat(noTls.kind()).isEqualTo(HttpFault.Kind.TLS_PLAIN);
    }
    try (var client = new HttpClient(ClientSettings.DEFAULT.with(Tls.of(trusting.as(own))));
        var answer =
            client.send(Request.of("GET", URI.create("https://127.0.0.1:" + mutual + "/file")))) {
      assertThat(new String(answer.bytes(99), UTF_8)).isEqualTo("secret");
    }
  }
}
