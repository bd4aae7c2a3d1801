package dev.gantry.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What must hold for any bytes and any way they are torn; each failure names its seed. */
@Timeout(120)
final class CodecProperties {
  private static final int ROUNDS = 3000;

  @TempDir Path folder;

  /** Hands out as many bytes at a time as chance says. */
  private static final class Torn extends InputStream {
    private final ByteArrayInputStream whole;
    private final Random random;

    Torn(byte[] whole, Random random) {
      this.whole = new ByteArrayInputStream(whole);
      this.random = random;
    }

    @Override
    public int read() {
      return whole.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return whole.read(into, offset, Math.min(length, 1 + random.nextInt(7)));
    }
  }

  private static byte[] bytes(Random random, int most) {
    var bytes = new byte[random.nextInt(most + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String token(Random random) {
    var all = "abcXYZ019!#$%&'*+-.^_`|~";
    var text = new StringBuilder();
    for (int i = 0; i <= random.nextInt(12); i++) {
      text.append(all.charAt(random.nextInt(all.length())));
    }
    return text.toString();
  }

  private static Headers headers(Random random) {
    var headers = Headers.NONE;
    for (int i = random.nextInt(8); i > 0; i--) {
      var value = new StringBuilder();
      for (int c = random.nextInt(30); c > 0; c--) {
        value.append(
            (char) (random.nextBoolean() ? '!' + random.nextInt(94) : 0x80 + random.nextInt(128)));
      }
      headers = headers.plus("X-" + token(random), value.toString());
    }
    return headers;
  }

  @Test
  void aHeadReadsBackHoweverItIsTorn() throws Exception {
    for (long seed = 0; seed < ROUNDS; seed++) {
      var random = new Random(seed);
      var headers = headers(random);
      int status = 100 + random.nextInt(900);
      var wire = Outlet.head("HTTP/1.1 " + status + " Some Words", headers);
      var head = Head.response(new Inlet(new Torn(wire, random)), Limits.DEFAULT);
      assertThat(head.status()).as("seed %d", seed).isEqualTo(status);
      assertThat(head.headers()).as("seed %d", seed).isEqualTo(headers);

      var method = token(random);
      var sent = Outlet.head(method + " /" + token(random) + " HTTP/1.1", headers);
      var got = Head.request(new Inlet(new Torn(sent, random)), Limits.DEFAULT);
      assertThat(got.method()).as("seed %d", seed).isEqualTo(method);
      assertThat(got.headers()).as("seed %d", seed).isEqualTo(headers);
    }
  }

  @Test
  void chunksReadBackHoweverTheyAreCutAndTorn() throws Exception {
    for (long seed = 0; seed < ROUNDS; seed++) {
      var random = new Random(seed);
      var content = bytes(random, 300);
      var wire = new ByteArrayOutputStream();
      for (int at = 0; at < content.length; ) {
        int n = Math.min(1 + random.nextInt(60), content.length - at);
        var size = random.nextBoolean() ? "%x" : "00%X;ext=\"a\"";
        wire.writeBytes((size.formatted(n) + "\r\n").getBytes(ISO_8859_1));
        wire.write(content, at, n);
        wire.writeBytes("\r\n".getBytes(ISO_8859_1));
        at += n;
      }
      wire.writeBytes("0\r\n\r\nNEXT".getBytes(ISO_8859_1));
      var in = new Inlet(new Torn(wire.toByteArray(), random));
      var body = new Incoming(in, new Framing.Chunked(), Limits.DEFAULT);
      assertThat(body.readAllBytes()).as("seed %d", seed).isEqualTo(content);
      assertThat(in.read()).as("seed %d: not a byte too many", seed).isEqualTo('N');
    }
  }

  /** Garbage ends in a value or an IOException, never in anything else, and never in a hang. */
  @Test
  void garbageIsReadOrRefused() throws Exception {
    int read = 0;
    for (long seed = 0; seed < 20L * ROUNDS; seed++) {
      var random = new Random(seed);
      var wire = garbage(random);
      try {
        var in = new Inlet(new Torn(wire, random));
        var head = Head.response(in, Limits.DEFAULT);
        new Incoming(in, Framing.of(head, "GET"), Limits.DEFAULT).readAllBytes();
        read++;
      } catch (IOException refused) {
        assertThat(refused).as("seed %d", seed).hasMessageMatching("(?s).+");
      }
      try {
        var in = new Inlet(new Torn(wire, random));
        var head = Head.request(in, Limits.DEFAULT);
        new Incoming(in, Framing.of(head), Limits.DEFAULT).readAllBytes();
        read++;
      } catch (IOException refused) {
        assertThat(refused).as("seed %d", seed).hasMessageMatching("(?s).+");
      }
    }
    assertThat(read).as("some of it is near enough to HTTP to be read").isPositive();
  }

  /** Pieces of real messages in any order, with a byte changed here and there. */
  private static byte[] garbage(Random random) {
    var pieces =
        List.of(
            "HTTP/1.1 200 OK\r\n",
            "GET / HTTP/1.1\r\n",
            "Content-Length: 3\r\n",
            "Content-Length: 18446744073709551615\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Connection: close\r\n",
            "\r\n",
            "3\r\nabc\r\n",
            "0\r\n\r\n",
            "ffffffffffffffff\r\n",
            "\n",
            "\r",
            " ",
            ":",
            "abc");
    var text = new StringBuilder(pieces.get(random.nextInt(2)));
    for (int i = random.nextInt(9); i > 0; i--) {
      text.append(pieces.get(random.nextInt(pieces.size())));
    }
    var wire = text.toString().getBytes(ISO_8859_1);
    for (int i = random.nextInt(3); i > 0; i--) {
      wire[random.nextInt(wire.length)] = (byte) random.nextInt(256);
    }
    return wire;
  }

  private record Seen(String method, String target, byte[] body) {}

  @Test
  void clientAndServerUnderstandEachOther() throws Exception {
    var seen = new AtomicReference<Seen>();
    var reply = new AtomicReference<Reply>();
    Handler handler =
        exchange -> {
          var skip = exchange.headers().has("Skip");
          var body = skip ? new byte[0] : exchange.body().readAllBytes();
          seen.set(new Seen(exchange.method(), exchange.target(), body));
          reply.get().answer(exchange);
        };
    try (var server = HttpServer.start(handler);
        var client = new HttpClient(ClientSettings.DEFAULT.following(0, false))) {
      for (long seed = 0; seed < 600; seed++) {
        round(new Random(seed), seed, server.uri(), client, seen, reply);
      }
    }
  }

  private record Reply(int status, Headers headers, byte[] content, int kind, Path file) {
    void answer(ServerExchange exchange) throws IOException {
      switch (kind) {
        case 0 -> exchange.respond(status, headers, new Body.Bytes(content));
        case 1 ->
            exchange.respond(
                status,
                headers,
                new Body.Stream(() -> new ByteArrayInputStream(content), OptionalLong.empty()));
        case 2 -> exchange.respond(status, headers, new Body.FileRegion(file, 0, content.length));
        default -> {
          try (var out = exchange.respond(status, headers, OptionalLong.empty())) {
            for (int at = 0; at < content.length; at += 5000) {
              out.write(content, at, Math.min(5000, content.length - at));
            }
          }
        }
      }
    }
  }

  private void round(
      Random random,
      long seed,
      URI server,
      HttpClient client,
      AtomicReference<Seen> seen,
      AtomicReference<Reply> reply)
      throws Exception {
    var statuses = List.of(200, 201, 204, 304, 404, 500, 302);
    var content = bytes(random, random.nextInt(10) == 0 ? 400_000 : 2000);
    var file = Files.write(folder.resolve("answer"), content);
    int status = statuses.get(random.nextInt(statuses.size()));
    reply.set(new Reply(status, headers(random), content, random.nextInt(4), file));

    var method = List.of("GET", "HEAD", "PUT", "POST", "PATCH", "DELETE").get(random.nextInt(6));
    var sent =
        method.matches("GET|HEAD")
            ? new byte[0]
            : bytes(random, random.nextInt(10) == 0 ? 900_000 : 3000);
    var request =
        Request.of(method, server.resolve("/" + random.nextInt() + "?q=" + random.nextInt()))
            .with(headers(random))
            .with(body(random, sent));
    if (random.nextInt(4) == 0) {
      request = request.plus("Expect", "100-continue");
    }
    boolean skip = random.nextInt(5) == 0;
    if (skip) {
      request = request.plus("Skip", "1");
    }
    try (var answer = client.send(request)) {
      boolean none = method.equals("HEAD") || status == 204 || status == 304;
      assertThat(answer.status()).as("seed %d", seed).isEqualTo(status);
      assertThat(answer.body().readAllBytes())
          .as("seed %d", seed)
          .isEqualTo(none ? new byte[0] : content);
      for (var field : reply.get().headers().fields()) {
        assertThat(answer.headers().fields()).as("seed %d", seed).contains(field);
      }
    }
    assertThat(seen.get().method()).as("seed %d", seed).isEqualTo(method);
    assertThat(seen.get().target())
        .as("seed %d", seed)
        .isEqualTo(request.uri().getRawPath() + "?" + request.uri().getRawQuery());
    assertThat(seen.get().body()).as("seed %d", seed).isEqualTo(skip ? new byte[0] : sent);
  }

  private Body body(Random random, byte[] content) throws IOException {
    if (content.length == 0) {
      return Body.NONE;
    }
    Body.Stream.Opener opener = () -> new Torn(content, new Random(content.length));
    return switch (random.nextInt(4)) {
      case 0 -> new Body.Bytes(content);
      case 1 -> new Body.Stream(opener, OptionalLong.empty());
      case 2 -> new Body.Stream(opener, OptionalLong.of(content.length));
      default -> {
        int before = random.nextInt(50);
        var whole = new byte[before + content.length + 9];
        System.arraycopy(content, 0, whole, before, content.length);
        var file = Files.write(folder.resolve("body"), whole);
        yield new Body.FileRegion(file, before, content.length);
      }
    };
  }
}
