package dev.gantry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.failure.PublishException;
import dev.gantry.http.Body;
import dev.gantry.http.Headers;
import dev.gantry.http.HttpServer;
import dev.gantry.http.ServerSettings;
import dev.gantry.tags.Answers;
import dev.gantry.tags.Fact;
import dev.gantry.tags.Project;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What GitHub's API is asked, and how seldom. */
class ForgeAnswersTest {
  private static final Map<String, String> PAGES =
      Map.of(
          "/repos/acme/widget",
          "{\"name\":\"widget\",\"description\":null,\"default_branch\":\"trunk\","
              + "\"license\":{\"spdx_id\":\"MIT\"}}",
          "/repos/acme/widget/commits/abc",
          "{\"commit\":{\"committer\":{\"date\":\"2003-03-03T03:03:03Z\"}}}");

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            ServerSettings.DEFAULT,
            exchange -> {
              asked.add(
                  exchange.path() + " " + exchange.headers().first("Authorization").orElse(""));
              var page = PAGES.getOrDefault(exchange.path(), "{\"message\":\"Not Found\"}");
              exchange.respond(
                  PAGES.containsKey(exchange.path()) ? 200 : 404,
                  Headers.NONE,
                  new Body.Bytes(page.getBytes(StandardCharsets.UTF_8)));
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ForgeAnswers answers(String name, boolean describes) {
    return new ForgeAnswers(
        "http://127.0.0.1:" + server.port(), name, "t0ken", describes, Answers.NONE);
  }

  @Test
  void asksOnceAndOnlyForWhatIsNeeded() {
    var answers = answers("acme/widget", false);
    assertThat(answers.project()).isEmpty();
    assertThat(asked).isEmpty();
    assertThat(answers.defaultBranch().map(Fact::value)).contains("trunk");
    assertThat(answers.defaultBranch().map(Fact::value)).contains("trunk");
    assertThat(asked).containsExactly("/repos/acme/widget Bearer t0ken");
  }

  @Test
  void describesTheRepositoryWhereLabelsNeedIt() {
    assertThat(answers("acme/widget", true).project()).map(Project::licence).contains("MIT");
  }

  @Test
  void tellsWhenACommitWasCommitted() {
    var answers = answers("acme/widget", false);
    assertThat(answers.commitDate("abc").map(Fact::value)).contains("2003-03-03T03:03:03Z");
    assertThat(answers.commitDate("def")).isEmpty();
  }

  @Test
  void aRefusalSaysWhatWasAskedAndNoSecret() {
    assertThatThrownBy(() -> answers("acme/other", true).project())
        .isInstanceOf(PublishException.class)
        .hasMessageContaining("404")
        .hasMessageContaining("/repos/acme/other")
        .hasMessageContaining("--repository-json")
        .hasMessageNotContaining("t0ken");
  }
}
