package dev.gantry.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The parser's tables: what is read, and what is refused because two readers could differ on it.
 */
final class CodecTest {
  private static final Limits LIMITS = new Limits(100, 200, 4, 3, 1000);

  private static Inlet in(String text) {
    return new Inlet(new ByteArrayInputStream(text.getBytes(ISO_8859_1)));
  }

  private static Head.OfResponse response(String text) throws IOException {
    return Head.response(in(text), LIMITS);
  }

  private static Head.OfRequest request(String text) throws IOException {
    return Head.request(in(text), LIMITS);
  }

  @Test
  void readsAResponse() throws Exception {
    var head = response("HTTP/1.1 404 Not  Found \r\nA: b\r\na:\t c d \r\nEmpty:\r\n\r\nbody");
    assertThat(head.status()).isEqualTo(404);
    assertThat(head.reason()).isEqualTo("Not  Found");
    assertThat(head.headers().all("A")).containsExactly("b", "c d");
    assertThat(head.headers().first("EMPTY")).contains("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK", "HTTP/1.1 200 ", "HTTP/1.1 200", "HTTP/1.0 200 x"})
  void statusLines(String line) throws Exception {
    assertThat(response(line + "\r\n\r\n").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1  200 OK",
        "HTTP/1.1 20 OK",
        "HTTP/1.1 2000 OK",
        "HTTP/1.1 099 OK",
        "HTTP/1.1 2x0 OK",
        "HTTP/1.1 +20 OK",
        "HTTP/1.1 200OK",
        "HTTP/2 200 OK",
        "HTTP/2.0 200 OK",
        "HTTP/1.10 200 OK",
        "http/1.1 200 OK",
        "ICY 200 OK",
        " HTTP/1.1 200 OK",
        "",
        "SSH-2.0-OpenSSH_9.2",
        "HTTP/1.1 200 O\u0000K",
        "HTTP/1.1 200 O\rK",
        "HTTP/1.1 200 OK\nA: b"
      })
  void noStatusLines(String line) {
    assertThatThrownBy(() -> response(line + "\r\n\r\n")).isInstanceOf(BadMessage.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A : b",
        "A\t: b",
        ": b",
        "A",
        " A: b",
        "A: b\r\n c",
        "A: b\r\n\tc",
        "A: b\u0000c",
        "A: b\u0001",
        "A: b\u007f",
        "A: b\nC: d",
        "A: b\rC: d",
        "\u00e4: b",
        "A(: b",
        "A b: c",
        "A: b\r\r\n"
      })
  void noHeaderLines(String line) {
    assertThatThrownBy(() -> response("HTTP/1.1 200 OK\r\n" + line + "\r\n\r\n"))
        .isInstanceOf(BadMessage.class);
    assertThatThrownBy(() -> request("GET / HTTP/1.1\r\n" + line + "\r\n\r\n"))
        .isInstanceOf(BadMessage.class);
  }

  @Test
  void keepsBytesAboveAscii() throws Exception {
    var head = response("HTTP/1.1 200 OK\r\nA: \u00e4\u00ff\r\n\r\n");
    assertThat(head.headers().first("a")).contains("\u00e4\u00ff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET  / HTTP/1.1",
        "GET / HTTP/1.1 ",
        "GET /",
        "GET",
        " GET / HTTP/1.1",
        "G\u00cbT / HTTP/1.1",
        "GET /\u00e4 HTTP/1.1",
        "GET /a b HTTP/1.1",
        "GET\t/ HTTP/1.1",
        "GET / HTTP/3.0",
        "GET / http/1.1",
        "(GET) / HTTP/1.1"
      })
  void noRequestLines(String line) {
    assertThatThrownBy(() -> request(line + "\r\n\r\n")).isInstanceOf(BadMessage.class);
  }

  @Test
  void skipsOneEmptyLineBeforeARequestAndNoMore() throws Exception {
    assertThat(request("\r\nGET / HTTP/1.1\r\n\r\n").method()).isEqualTo("GET");
    assertThatThrownBy(() -> request("\r\n\r\nGET / HTTP/1.1\r\n\r\n"))
        .isInstanceOf(BadMessage.class);
  }

  @Test
  void limits() throws Exception {
    var at = "HTTP/1.1 200 " + "x".repeat(LIMITS.startLine() - 13);
    assertThat(response(at + "\r\n\r\n").status()).isEqualTo(200);
    assertLimit(at + "x\r\n\r\n");
    var value = "x".repeat(LIMITS.headerBytes() - 3);
    assertThat(response("HTTP/1.1 200\r\nA: " + value + "\r\n\r\n").status()).isEqualTo(200);
    assertLimit("HTTP/1.1 200\r\nA: " + value + "x\r\n\r\n");
    assertThat(response("HTTP/1.1 200\r\n" + "A: b\r\n".repeat(4) + "\r\n").headers().fields())
        .hasSize(4);
    assertLimit("HTTP/1.1 200\r\n" + "A: b\r\n".repeat(5) + "\r\n");
  }

  private static void assertLimit(String text) {
    assertThatThrownBy(() -> response(text))
        .isInstanceOfSatisfying(
            BadMessage.class, bad -> assertThat(bad.kind()).isEqualTo(HttpFault.Kind.LIMIT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET  | 200 | Content-Length: 5                              | Sized[length=5]",
        "GET  | 200 | Content-Length: 0                              | None[]",
        "GET  | 200 | Content-Length: 5, 5                           | Sized[length=5]",
        "GET  | 200 | Content-Length: 5;Content-Length: 5            | Sized[length=5]",
        "GET  | 200 | Content-Length: 005                            | Sized[length=5]",
        "GET  | 200 | Transfer-Encoding: chunked                     | Chunked[]",
        "GET  | 200 | Transfer-Encoding: CHUNKED                     | Chunked[]",
        "GET  | 200 | X: y                                           | UntilClose[]",
        "HEAD | 200 | Content-Length: 5                              | None[]",
        "HEAD | 200 | Transfer-Encoding: chunked                     | None[]",
        "GET  | 204 | Content-Length: 5                              | None[]",
        "GET  | 304 | Content-Length: 5                              | None[]",
        "GET  | 200 | Content-Length: 5;Content-Length: 6            | refused",
        "GET  | 200 | Content-Length: 5, 6                           | refused",
        "GET  | 200 | Content-Length: 5,                             | refused",
        "GET  | 200 | Content-Length: -5                             | refused",
        "GET  | 200 | Content-Length: +5                             | refused",
        "GET  | 200 | Content-Length: 0x5                            | refused",
        "GET  | 200 | Content-Length: 5 5                            | refused",
        "GET  | 200 | Content-Length:                                | refused",
        "GET  | 200 | Content-Length: 99999999999999999999           | refused",
        "GET  | 200 | Content-Length: 5;Transfer-Encoding: chunked   | refused",
        "GET  | 200 | Transfer-Encoding: chunked;Content-Length: 5   | refused",
        "GET  | 200 | Transfer-Encoding: gzip, chunked               | refused",
        "GET  | 200 | Transfer-Encoding: chunked, chunked            | refused",
        "GET  | 200 | Transfer-Encoding: chunked;Transfer-Encoding: x| refused",
        "GET  | 200 | Transfer-Encoding: xchunked                    | refused",
        "GET  | 200 | Transfer-Encoding: identity                    | refused",
        "GET  | 200 | Transfer-Encoding:                             | refused",
      })
  void framingOfAnswers(String method, int status, String lines, String expected)
      throws IOException {
    var head = response("HTTP/1.1 " + status + "\r\n" + lines.replace(";", "\r\n") + "\r\n\r\n");
    String got;
    try {
      got = Framing.of(head, method).toString();
    } catch (BadMessage bad) {
      got = "refused";
    }
    assertThat(got).isEqualTo(expected);
  }

  @Test
  void aRequestWithoutLengthHasNoBody() throws Exception {
    assertThat(Framing.of(request("PUT / HTTP/1.1\r\n\r\n"))).isEqualTo(new Framing.None());
    assertThatThrownBy(
            () -> Framing.of(request("PUT / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n")))
        .isInstanceOf(BadMessage.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 200 | X: y                                  | true",
        "HTTP/1.1 200 | Connection: close                     | false",
        "HTTP/1.1 200 | Connection: x, Close                  | false",
        "HTTP/1.1 200 | Connection: keep-alive;Connection: close | false",
        "HTTP/1.0 200 | X: y                                  | false",
        "HTTP/1.0 200 | Connection: Keep-Alive                | true",
      })
  void keepsAlive(String line, String fields, boolean expected) throws Exception {
    var head = response(line + "\r\n" + fields.replace(";", "\r\n") + "\r\n\r\n");
    assertThat(Framing.keepsAlive(head)).isEqualTo(expected);
  }

  private static String decoded(String chunks) throws IOException {
    try (var body = new Incoming(in(chunks), new Framing.Chunked(), LIMITS)) {
      var text = new String(body.readAllBytes(), ISO_8859_1);
      assertThat(body.ended()).isTrue();
      return text;
    }
  }

  @Test
  void readsChunks() throws Exception {
    assertThat(decoded("0\r\n\r\n")).isEmpty();
    assertThat(decoded("3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n")).isEqualTo("abc0123456789");
    assertThat(decoded("000003;name=\"v;v\"\r\nabc\r\n0;x\r\nTrailer: t\r\n\r\n")).isEqualTo("abc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3 \r\nabc\r\n0\r\n\r\n",
        " 3\r\nabc\r\n0\r\n\r\n",
        "+3\r\nabc\r\n0\r\n\r\n",
        "-1\r\nabc\r\n0\r\n\r\n",
        "0x3\r\nabc\r\n0\r\n\r\n",
        "\r\nabc\r\n0\r\n\r\n",
        ";x\r\nabc\r\n0\r\n\r\n",
        "g\r\nabc\r\n0\r\n\r\n",
        "10000000000000003\r\nabc\r\n0\r\n\r\n",
        "3\nabc\r\n0\r\n\r\n",
        "3\r\nabcd\r\n0\r\n\r\n",
        "3\r\nabc\n0\r\n\r\n",
        "3\r\nabc0\r\n\r\n",
        "3\r\nabc\r\n0\r\nBad Trailer\r\n\r\n",
        "3;\u0000\r\nabc\r\n0\r\n\r\n"
      })
  void noChunks(String chunks) {
    assertThatThrownBy(() -> decoded(chunks)).isInstanceOf(BadMessage.class);
  }

  @Test
  void aBodyThatBreaksOffIsNeverTakenForWhole() {
    var whole = "3\r\nabc\r\n0\r\n\r\n";
    for (int cut = 0; cut < whole.length(); cut++) {
      var part = whole.substring(0, cut);
      assertThatThrownBy(() -> decoded(part)).as(part).isInstanceOf(EOFException.class);
    }
    var sized = new Incoming(in("ab"), new Framing.Sized(3), LIMITS);
    assertThatThrownBy(sized::readAllBytes).isInstanceOf(EOFException.class);
    assertThat(sized.ended()).isFalse();
  }

  @Test
  void aSecretInABrokenHeaderIsNotInTheMessage() {
    assertThatThrownBy(() -> response("HTTP/1.1 200 OK\r\nAuthor ization: Bearer s3cr3t\r\n\r\n"))
        .isInstanceOf(BadMessage.class)
        .message()
        .doesNotContain("s3cr3t");
  }
}
