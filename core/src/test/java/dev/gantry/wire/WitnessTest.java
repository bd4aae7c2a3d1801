package dev.gantry.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.failure.Evidence;
import dev.gantry.failure.Evidence.Said;
import dev.gantry.failure.Failure;
import dev.gantry.http.ClientSettings;
import dev.gantry.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What evidence tells, and what it does not. */
final class WitnessTest {
  private final Host host = new Host();
  private final HttpClient client = new HttpClient(ClientSettings.DEFAULT);
  private final Exchange wire = new Wire(client, new MovingTime(), "gantry/test");

  @AfterEach
  void stop() {
    host.close();
    client.close();
  }

  private Call call(String target) {
    return Call.of("GET", host.uri().resolve(target), Failure.Stage.UPLOAD);
  }

  private Evidence.Answer answer(Call call) throws InterruptedException {
    try (var reply = wire.send(call)) {
      return reply.evidence().answer().orElseThrow();
    }
  }

  private List<Said> said(String body) throws InterruptedException {
    host.on("GET", "/a", Host.body(400, body));
    return answer(call("/a")).errors();
  }

  @Test
  void readsErrorsOfTheSpecification() throws Exception {
    assertThat(
            said(
                """
                {"errors":[{"code":"DENIED","message":"no","detail":{"a":[1]}},{"code":"X"}]}\
                """))
        .containsExactly(new Said("DENIED", "no", "{\"a\":[1]}"), new Said("X", "", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0007',
      value = {
        "{\"errors\":[{\"status\":404,\"message\":\"no such\"}]}|404|no such",
        "{\"errors\":[\"plain words\"]}||plain words",
        "{\"errors\":{\"code\":\"A\",\"message\":\"b\"}}|A|b",
        "{\"error\":\"invalid_grant\",\"error_description\":\"expired\"}|invalid_grant|expired",
        "{\"error\":{\"code\":\"A\",\"message\":\"b\"}}|A|b",
        "{\"details\":\"incorrect username or password\"}||incorrect username or password",
        "{\"code\":\"NAME_INVALID\",\"msg\":\"bad\"}|NAME_INVALID|bad",
        "[{\"code\":\"A\",\"message\":\"b\"}]|A|b",
        "<Error><Code>AccessDenied</Code><Message>Access"
            + " Denied</Message></Error>|AccessDenied|Access Denied",
      })
  void readsOtherForms(String body, String code, String message) throws Exception {
    assertThat(said(body)).containsExactly(new Said(code == null ? "" : code, message, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "null",
        "[]",
        "<html>Bad gateway</html>",
        "{\"errors\":null}",
        "\u0000"
      })
  void othersHaveNoEntries(String body) throws Exception {
    assertThat(said(body)).isEmpty();
  }

  @Test
  void theExcerptIsShortAndPrintable() throws Exception {
    host.on("GET", "/a", Host.body(500, "\u001b[31m" + "ü".repeat(10_000)));
    var excerpt = answer(call("/a")).excerpt();
    assertThat(excerpt).startsWith("[31mü").doesNotContain("\u001b");
    assertThat(excerpt.getBytes(StandardCharsets.UTF_8).length).isBetween(3000, 4096);
  }

  @Test
  void headersAreThoseOfTheList() throws Exception {
    host.on(
        "GET",
        "/a",
        Host.status(
            403,
            "X-Request-Id",
            "42",
            "Set-Cookie",
            "sid=geheim",
            "X-Harbor-Csrf-Token",
            "geheim"));
    var headers = answer(call("/a")).headers();
    assertThat(headers).containsEntry("x-request-id", List.of("42"));
    assertThat(headers.toString()).doesNotContain("geheim");
  }

  @Test
  void secretsInAnAddressAreTakenOut() throws Exception {
    host.on("GET", "/a", Host.status(404));
    var target =
        "/a?_state=keep&X-Amz-Signature=geheim1&token=geheim2&sig=geheim3&digest=sha256:ab&X-Amz-Credential=geheim4";
    try (var reply = wire.send(call(target))) {
      assertThat(reply.evidence().url().getRawQuery())
          .isEqualTo(
              "_state=keep&X-Amz-Signature=***&token=***&sig=***&digest=sha256:ab&X-Amz-Credential=***");
    }
  }

  @Test
  void whatWasSentIsTakenOutOfWhatCameBack() throws Exception {
    var password = "hunter2+x";
    var basic =
        Base64.getEncoder().encodeToString(("me:" + password).getBytes(StandardCharsets.UTF_8));
    host.on(
        "GET",
        "/a",
        Host.body(
            401,
            "<p>you sent Basic " + basic + " with hunter2+x and Bearer abcdefghijklmnopqrstuvwx",
            "WWW-Authenticate",
            "Bearer realm=\"https://user:pass@auth.example/t?access_token=zzz\"",
            "Location",
            "https://store.example/x?X-Goog-Signature=yyy"));
    var login = new Evidence.Login("basic", "config.json auths[a]");
    var told = answer(call("/a").signed("Basic " + basic, login)).toString();
    assertThat(told)
        .doesNotContain(basic)
        .doesNotContain(password)
        .doesNotContain("abcdefghijklmnopqrstuvwx")
        .doesNotContain("user:pass")
        .doesNotContain("zzz")
        .doesNotContain("yyy")
        .contains("you sent Basic ***");
  }

  @Test
  void aFormsSecretsAreTakenOut() throws Exception {
    host.on(
        "POST", "/t", Host.body(400, "{\"error\":\"bad\",\"error_description\":\"for s3cret/9\"}"));
    var call = call("/t").by("POST").form("grant_type=password&username=u&password=s3cret%2F9");
    assertThat(answer(call).errors()).containsExactly(new Said("bad", "for ***", ""));
  }

  @Test
  void tokensInJsonAreTakenOut() throws Exception {
    host.on("GET", "/a", Host.body(500, "{\"access_token\": \"geheim\", \"x\": \"y\"}"));
    assertThat(answer(call("/a")).excerpt()).isEqualTo("{\"access_token\": \"***\", \"x\": \"y\"}");
  }

  @Test
  void aBodyThatIsTooLongIsOffProtocol() throws Exception {
    host.on("GET", "/a", Host.body(200, "x".repeat(101)));
    try (var reply = wire.send(call("/a"))) {
      assertThatThrownBy(() -> reply.bytes(100)).hasMessageContaining("longer than 100 bytes");
    }
  }
}
