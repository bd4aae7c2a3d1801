package dev.gantry.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantsTest {
  private static Secret jwt(String claims) {
    var text = claims.getBytes(StandardCharsets.UTF_8);
    var middle = Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    return new Secret("e30." + middle + ".c2lnbmF0dXJl");
  }

  @Test
  void aTokenSaysWhatItAllowsAndWhen() {
    var grants =
        Grants.read(
            jwt(
                "{\"access\":[{\"type\":\"repository\",\"name\":\"octo/app\",\"actions\":[\"push\","
                    + "\"pull\"]},{\"type\":\"repository\",\"name\":\"octo/other\",\"actions\":[]}],"
                    + "\"iat\":1772366400,\"nbf\":1772366390,\"exp\":1772366700}"));
    assertThat(grants.readable()).isTrue();
    assertThat(grants.actions("octo/app")).containsExactly("pull", "push");
    assertThat(grants.actions("octo/other")).isEmpty();
    assertThat(grants.actions("octo")).isEmpty();
    assertThat(grants.issued()).contains(Instant.ofEpochSecond(1772366400));
    assertThat(grants.notBefore()).contains(Instant.ofEpochSecond(1772366390));
    assertThat(grants.expires()).contains(Instant.ofEpochSecond(1772366700));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "opaque", "a.b.c", "e30.!!.x", "e30.W10.x", "e30.eyJhIjp9.x", "1.2.3.4"})
  void whatIsNoTokenOfClaimsSaysNothing(String text) {
    assertThat(Grants.read(new Secret(text))).isEqualTo(Grants.OPAQUE);
  }

  @Test
  void oddClaimsAreNone() {
    var grants =
        Grants.read(jwt("{\"access\":\"all\",\"iat\":-5,\"exp\":99999999999999999,\"nbf\":\"x\"}"));
    assertThat(grants.readable()).isTrue();
    assertThat(grants.access()).isEmpty();
    assertThat(grants.issued()).isEmpty();
    assertThat(grants.notBefore()).isEmpty();
    assertThat(grants.expires()).isEmpty();
  }
}
