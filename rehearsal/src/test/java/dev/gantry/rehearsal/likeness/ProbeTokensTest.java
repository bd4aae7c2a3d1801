package dev.gantry.rehearsal.likeness;

import static dev.gantry.rehearsal.Client.bytes;
import static dev.gantry.rehearsal.Client.digest;
import static dev.gantry.rehearsal.Client.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.gantry.rehearsal.Client;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What token endpoints are known to give, to refuse and to make, and what tokens then do. */
class ProbeTokensTest {

  /**
   * Granted are the actions in the token, {@code opaque} or {@code none} without an entry; the
   * error is the beginning of code and message; the repository is there afterwards ({@code +}), or
   * is not ({@code -}).
   */
  private static final String TABLE =
      """
      what is shown | kind | seed | who | path | scope | status | granted | error | repository
      the right to push | distribution-2.8 | | pusher | /token | org/app:pull,push | 200 | [pull,push] | | -org/app
      200 without the right | distribution-2.8 | | reader | /token | org/app:pull,push | 200 | [pull]
      no conclusion | ghcr | | pusher | /token | org/app:pull,push | 200 | opaque
      no conclusion without a right either | ghcr | | reader | /token | org/app:pull,push | 200 | opaque
      200 whoever asks | dockerhub | | reader | /token | org/app:pull,push | 200 | [pull]
      200 whoever asks | dockerhub | | none | /token | org/app:pull,push | 200 | []
      the right to push | acr | | pusher | /oauth2/token | org/app:pull,push | 200 | [pull,push]
      rules of the network | acr | repositories: {org/app: {refuse: [network-rule]}} | pusher | /oauth2/token | org/app:pull,push | 403
      no right, no token | gcr | | reader | /token | org/app:pull,push | ? | | DENIED
      the right to push | gcr | | pusher | /token | org/app:pull,push | 200 | opaque
      no project | harbor | missing: [org] | pusher | /service/token | org/app:pull,push | 200 | [] | | -org/app
      no right at all | harbor | | nobody | /service/token | org/app:pull,push | 200 | []
      the right to push | harbor | | pusher | /service/token | org/app:pull,push | 200 | [pull,push] | | -org/app
      all rights, not those asked for | harbor | | owner | /service/token | org/app:pull | 200 | [delete,pull,push]
      the right to push, and a repository | gitlab | | pusher | /jwt/auth | org/app:pull,push | 200 | [pull,push] | | +org/app
      the right to pull, and no repository | gitlab | | pusher | /jwt/auth | org/app:pull | 200 | [pull] | | -org/app
      no project | gitlab | missing: [org] | pusher | /jwt/auth | org/app:pull,push | 200 | none | | -org/app
      no role | gitlab | | nobody | /jwt/auth | org/app:pull,push | 200 | none | | -org/app
      a protected path | gitlab | repositories: {org/app: {refuse: [protected-path]}} | pusher | /jwt/auth | org/app:pull,push | 403 | | DENIED: Pushing to protected repository path forbidden | -org/app
      no registry here | gitlab | repositories: {org/app: {refuse: [disabled]}} | pusher | /jwt/auth | org/app:pull,push | 404 | | UNAVAILABLE: registry not enabled
      a wrong password | gitlab | | wrong | /jwt/auth | org/app:pull,push | 403 | | DENIED: access forbidden
      the right to pull, and no repository | quay | | pusher | /v2/auth | org/app:pull | 200 | [pull] | | -org/app
      the right to push, and a repository | quay | | pusher | /v2/auth | org/app:pull,push | 200 | [pull,push] | | +org/app
      no namespace | quay | missing: [org] | pusher | /v2/auth | org/app:pull,push | 200 | [] | | -org/app
      no right at all | quay | | nobody | /v2/auth | org/app:pull,push | 200 | [] | | -org/app
      an action it does not know | quay | | owner | /v2/auth | org/app:pull,push,delete | 400 | | INVALID_REQUEST: Unable to decode repository and actions | -org/app
      no nested names | quay | repositories: {org/app/web: {refuse: [name-too-deep]}} | pusher | /v2/auth | org/app/web:pull,push | 400 | | NAME_INVALID: Nested repositories are not supported. Found: org/app/web
      """;

  static List<Row> rows() {
    return Row.table(TABLE);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void tokens(Row row) throws Exception {
    var scope = row.cell(5);
    var name = scope.substring(0, scope.indexOf(':'));
    try (var probed = new Probed(row.cell(1), row.cell(2), row.cell(3), InstantSource.system())) {
      var answer = probed.token(row.cell(4), name, scope.substring(scope.indexOf(':') + 1));
      ProbeAnswersTest.requireStatus(answer, row.cell(6));
      if (answer.statusCode() == 200) {
        assertThat(Probed.granted(answer, name)).isEqualTo(row.cell(7));
      } else {
        var first = Probed.error(answer);
        assertThat(first.get("code").getAsString() + ": " + first.get("message").getAsString())
            .startsWith(row.cell(8));
      }
      probed.requireRepository(row.cell(9));
      assertThat(probed.registry().check()).isEmpty();
    }
  }

  /** GitLab's tokens live for five minutes, and a large layer takes longer. */
  @Test
  void aTokenEndsDuringAPush() throws Exception {
    var now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    try (var probed = new Probed("gitlab", "", "pusher", now::get);
        var client = new Client(probed.registry().uri())) {
      var given = text(probed.token("/jwt/auth", "org/app", "pull,push"));
      var token = JsonParser.parseString(given).getAsJsonObject().get("token").getAsString();
      var bearer = "Bearer " + token;
      var nothing = new byte[0];
      var opened =
          client.send("POST", "/v2/org/app/blobs/uploads/", nothing, "Authorization", bearer);
      assertThat(opened.statusCode()).isEqualTo(202);
      var location = opened.headers().firstValue("Location").orElseThrow();
      var close = location + "?digest=" + digest(bytes("layer"));

      now.set(now.get().plusSeconds(301));
      var late = client.send("PUT", close, bytes("layer"), "Authorization", bearer);
      assertThat(late.statusCode()).isEqualTo(401);
      assertThat(Probed.error(late).get("code").getAsString()).isEqualTo("UNAUTHORIZED");
      assertThat(Probed.error(late).get("message").getAsString())
          .isEqualTo("authentication required");

      var again = text(probed.token("/jwt/auth", "org/app", "pull,push"));
      var fresh = JsonParser.parseString(again).getAsJsonObject().get("token").getAsString();
      var done = client.send("PUT", close, bytes("layer"), "Authorization", "Bearer " + fresh);
      assertThat(done.statusCode()).isEqualTo(201);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # what stands before a registry answers in its place
          ping: html 200 | ping | 200 | text/html
          ping: html 404 | ping | 404 | text/html
          open: status 413 | open org/app | 413 | ''
          """)
  void somethingElseAnswers(String fault, String request, int status, String type)
      throws Exception {
    try (var probed = new Probed("oci", "", "open", InstantSource.system())) {
      var _ = probed.registry().faults().add(fault);
      var answer = probed.send(request);
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
      assertThat(probed.holds("org/app")).isFalse();
    }
  }
}
