package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.http.Body;
import dev.gantry.http.Headers;
import dev.gantry.login.Credentials;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.MediaType;
import dev.gantry.oci.Tag;
import dev.gantry.wire.Host;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading from registries with habits of their own. */
final class ReadingFaults {
  private static final Bytes BYTES = Pieces.bytes("read", 100_000);
  private static final Descriptor BLOB = Pieces.layer(BYTES);
  private static final String AT = "/v2/demo/a/blobs/" + BLOB.digest();
  private static final String V1 = "/v2/demo/a/manifests/v1";
  private static final Manifest IMAGE = Pieces.odd(Pieces.image(BLOB, List.of()));

  private final Host host = new Host();
  private final Board board = new Board(host.uri(), Credentials.NONE);
  private final Target target = board.keeper("demo/a");

  @AfterEach
  void stop() {
    board.close();
    host.close();
  }

  private static void fails(ThrowingCallable call, Class<? extends Failure> kind, String words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            PublishException.class,
            failed -> {
              assertThat(failed.failure()).isInstanceOf(kind);
              assertThat(failed.failure().toString()).contains(words);
            });
  }

  private static Host.Answer manifest(Manifest manifest, String... headers) {
    var all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = manifest.mediaType() + "; charset=utf-8";
    return Host.body(200, manifest.raw().text(), all);
  }

  @Test
  void aHeadThatIsNotAllowedIsAskedByGet() throws Exception {
    host.on("HEAD", V1, Host.status(405));
    host.on("GET", V1, manifest(IMAGE));
    assertThat(target.resolve(new Tag("v1"))).contains(IMAGE.digest());
    host.on("HEAD", AT, Host.status(405));
    host.on("GET", AT, Host.status(206));
    assertThat(target.has(BLOB)).isTrue();
    assertThat(host.seen().getLast().headers().first("Range")).contains("bytes=0-0");
  }

  @Test
  void aHeadWithoutADigestIsAskedByGet() throws Exception {
    host.on("HEAD", V1, Host.status(200));
    host.on("GET", V1, manifest(IMAGE));
    assertThat(target.resolve(new Tag("v1"))).contains(IMAGE.digest());
  }

  @Test
  void theReasonOfARefusedHeadIsHeardByGet() {
    var reason = "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"sso needed\"}]}";
    host.on("HEAD", V1, Host.status(403));
    host.on("GET", V1, Host.body(403, reason));
    host.on("HEAD", AT, Host.status(403));
    host.on("GET", AT, Host.body(403, reason));
    fails(() -> target.resolve(new Tag("v1")), Failure.Rejected.class, "sso needed");
    fails(() -> target.has(BLOB), Failure.Rejected.class, "sso needed");
  }

  @Test
  void theStageIsTheOneOfTheWalk() {
    host.on("HEAD", V1, Host.status(403));
    host.on("GET", V1, Host.status(403));
    assertThatThrownBy(() -> target.at(Failure.Stage.VERIFY).resolve(new Tag("v1")))
        .isInstanceOfSatisfying(
            PublishException.class,
            failed -> assertThat(failed.failure().stage()).isEqualTo(Failure.Stage.VERIFY));
  }

  @Test
  void otherBytesThanTheDigestAreOffProtocol() {
    host.on("GET", "/v2/demo/a/manifests/" + BLOB.digest(), manifest(IMAGE));
    fails(() -> target.manifest(BLOB.digest()), Failure.OffProtocol.class, "the manifest's digest");
    host.on("GET", V1, manifest(IMAGE, "Docker-Content-Digest", Bytes.of("x").digest().toString()));
    fails(() -> target.manifest(new Tag("v1")), Failure.OffProtocol.class, "the manifest's digest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>sign in</html>", "{}", "", "[1]"})
  void whatIsNoManifestIsOffProtocol(String body) {
    host.on("GET", V1, Host.body(200, body, "Content-Type", "text/html"));
    fails(() -> target.manifest(new Tag("v1")), Failure.OffProtocol.class, "no manifest");
  }

  @Test
  void aBlobBehindARedirect() throws Exception {
    try (var store = new Host()) {
      host.on("GET", AT, Host.status(307, "Location", store.uri().resolve("/x?sig=1").toString()));
      store.on("GET", "/x", bytes(0));
      try (var in = target.open(BLOB)) {
        assertThat(in.readAllBytes()).isEqualTo(BYTES.toArray());
      }
    }
  }

  /** Answers 200, or 206 for the range asked, and cuts after so many bytes (0: never). */
  private static Host.Answer bytes(int cutAfter) {
    return (exchange, seen) -> {
      var range = seen.headers().first("Range");
      var from = range.map(text -> Integer.parseInt(text.replaceAll("\\D", ""))).orElse(0);
      var rest = Arrays.copyOfRange(BYTES.toArray(), from, BYTES.size());
      var headers =
          range.isPresent()
              ? Headers.of(
                  "Content-Range", "bytes " + from + "-" + (BYTES.size() - 1) + "/" + BYTES.size())
              : Headers.NONE;
      if (cutAfter == 0) {
        exchange.respond(range.isPresent() ? 206 : 200, headers, new Body.Bytes(rest));
        return;
      }
      var out =
          exchange.respond(range.isPresent() ? 206 : 200, headers, OptionalLong.of(rest.length));
      out.write(rest, 0, Math.min(cutAfter, rest.length));
      out.flush();
      exchange.cut();
    };
  }

  @Test
  void aBrokenDownloadIsTakenUpWhereItBroke() throws Exception {
    host.on("GET", AT, bytes(40_000), bytes(30_000), bytes(0));
    try (var in = target.open(BLOB)) {
      assertThat(in.readAllBytes()).isEqualTo(BYTES.toArray());
    }
    assertThat(host.seen().get(1).headers().first("Range")).isPresent();
  }

  @Test
  void aRegistryWithoutRangesSendsAllAgain() throws Exception {
    host.on(
        "GET",
        AT,
        bytes(40_000),
        (exchange, _) -> exchange.respond(200, Headers.NONE, Pieces.body(BYTES)));
    try (var in = target.open(BLOB)) {
      assertThat(in.readAllBytes()).isEqualTo(BYTES.toArray());
    }
  }

  @Test
  void anotherRangeThanAskedIsOffProtocol() throws Exception {
    host.on("GET", AT, bytes(40_000), Host.body(206, "x", "Content-Range", "bytes 7-7/100000"));
    try (var in = target.open(BLOB)) {
      fails(in::readAllBytes, Failure.OffProtocol.class, "others");
    }
  }

  @Test
  void otherContentIsFoundOutAtTheEnd() throws Exception {
    host.on("GET", AT, Host.body(200, "x".repeat(BYTES.size())));
    try (var in = target.open(BLOB)) {
      fails(in::readAllBytes, Failure.OffProtocol.class, "the blob's digest");
    }
    host.on("GET", AT, Host.body(200, "short"));
    try (var in = target.open(BLOB)) {
      fails(in::readAllBytes, Failure.OffProtocol.class, "ended after 5 of 100000");
    }
    host.on("GET", AT, Host.body(200, "x".repeat(BYTES.size() + 1)));
    try (var in = target.open(BLOB)) {
      fails(in::readAllBytes, Failure.OffProtocol.class, "longer");
    }
  }

  @Test
  void pagesOfTagsEndWithoutALinkOrWithARepeatedPage() throws Exception {
    var list = "/v2/demo/a/tags/list";
    host.on(
        "GET",
        list,
        Host.body(
            200, "{\"tags\":[\"a\",\"b\"]}", "Link", "<" + list + "?n=2&last=b>; rel=\"next\""),
        Host.body(
            200, "{\"tags\":[\"c\",\"not a tag\"]}", "Link", "<" + list + "?n=2&last=c>; rel=next"),
        Host.body(200, "{\"tags\":[\"c\"]}", "Link", "<" + list + "?n=2&last=c>; rel=\"next\""));
    assertThat(target.tags()).containsExactly(new Tag("a"), new Tag("b"), new Tag("c"));
    assertThat(host.seen()).hasSize(3);
    host.on("GET", list, Host.body(200, "{\"name\":\"demo/a\",\"tags\":null}"));
    assertThat(target.tags()).isEmpty();
  }

  @Test
  void aNextPageElsewhereIsNotAskedFor() throws Exception {
    try (var other = new Host()) {
      host.on(
          "GET",
          "/v2/demo/a/tags/list",
          Host.body(200, "{\"tags\":[\"a\"]}", "Link", "<" + other.uri() + "x>; rel=\"next\""));
      assertThat(target.tags()).containsExactly(new Tag("a"));
      assertThat(other.seen()).isEmpty();
    }
  }

  @Test
  void referrersFallBackToTheTag() throws Exception {
    var subject = IMAGE.digest();
    var index = Pieces.index(List.of(IMAGE));
    host.on("GET", "/v2/demo/a/referrers/" + subject, Host.body(200, "<html>"), Host.status(404));
    host.on("GET", "/v2/demo/a/manifests/" + Referrers.tag(subject), manifest(index));
    assertThat(target.referrers(subject)).hasSize(1);
    assertThat(target.referrers(subject)).hasSize(1);
  }

  @Test
  void aReferrerIsListedUnderTheTagWhereTheRegistryDoesNot() throws Exception {
    var empty = new Descriptor(MediaType.EMPTY, Bytes.of("{}").digest(), 2);
    var referrer =
        Pieces.odd(
            Pieces.image(empty, List.of())
                .with("artifactType", "application/vnd.example")
                .with("subject", Pieces.json(IMAGE.descriptor())));
    var tag = "/v2/demo/a/manifests/" + Referrers.tag(IMAGE.digest());
    var stored = new Bytes[] {Pieces.index(List.of(IMAGE)).raw()};
    host.on("PUT", "/v2/demo/a/manifests/" + referrer.digest(), Host.status(201));
    host.on("GET", tag, (exchange, seen) -> respond(stored[0]).to(exchange, seen));
    host.on(
        "PUT",
        tag,
        (exchange, seen) -> {
          stored[0] = Bytes.of(seen.body());
          Host.status(201).to(exchange, seen);
        });
    target.put(referrer);
    target.put(referrer);
    var children = Manifest.parse(stored[0]).children();
    assertThat(children)
        .extracting(Descriptor::digest)
        .containsExactly(IMAGE.digest(), referrer.digest());
    assertThat(children.getLast().artifactType()).contains("application/vnd.example");
  }

  private static Host.Answer respond(Bytes bytes) {
    return (exchange, _) -> {
      if (bytes.size() == 0) {
        throw new IOException("nothing stored");
      }
      exchange.respond(
          200, Headers.of("Content-Type", MediaType.IMAGE_INDEX.value()), Pieces.body(bytes));
    };
  }
}
