package dev.gantry;

import dev.gantry.failure.Failure;
import dev.gantry.failure.Failure.Problem;
import dev.gantry.failure.Failure.Stage;
import dev.gantry.failure.PublishException;
import dev.gantry.http.ClientSettings;
import dev.gantry.http.HttpClient;
import dev.gantry.http.HttpFault;
import dev.gantry.http.Proxies;
import dev.gantry.http.Request;
import dev.gantry.oci.Json;
import dev.gantry.tags.Answers;
import dev.gantry.tags.Fact;
import dev.gantry.tags.Project;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Answers from GitHub's API, or one that speaks like it (docs.github.com/rest); what it is not
 * asked for is asked of somebody else. Each question is asked once at most.
 */
final class ForgeAnswers implements Answers {
  /** The most that an answer may have, in bytes. */
  private static final int LARGEST = 4 << 20;

  private final URI repository;
  private final String token;
  private final boolean describes;
  private final Answers otherwise;
  private Optional<Project> asked = Optional.empty();

  /**
   * Answers about one repository.
   *
   * @param api address of the API, as https://api.github.com
   * @param name owner/name
   * @param describes whether the repository's description and licence are wanted for the labels,
   *     for which otherwise no request is made
   */
  ForgeAnswers(String api, String name, String token, boolean describes, Answers otherwise) {
    this.repository = URI.create(api + "/repos/" + name);
    this.token = token;
    this.describes = describes;
    this.otherwise = otherwise;
  }

  @Override
  public Optional<Project> project() {
    return describes ? Optional.of(repository()) : Optional.empty();
  }

  @Override
  public Optional<Fact> defaultBranch() {
    return otherwise
        .defaultBranch()
        .or(() -> repository().defaultBranch().map(name -> new Fact(name, repository.getHost())));
  }

  private Project repository() {
    if (asked.isEmpty()) {
      asked = Optional.of(Project.read(get(repository), repository.getHost()));
    }
    return asked.get();
  }

  @Override
  public Optional<Fact> commitDate(String sha) {
    var known = otherwise.commitDate(sha);
    if (known.isPresent()) {
      return known;
    }
    try {
      return get(URI.create(repository + "/commits/" + sha))
          .object("commit")
          .flatMap(commit -> commit.object("committer"))
          .flatMap(committer -> committer.text("date"))
          .map(date -> new Fact(date, repository.getHost()));
    } catch (PublishException _) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> gitTags() {
    return otherwise.gitTags();
  }

  @Override
  public List<String> branches() {
    return otherwise.branches();
  }

  @Override
  public Optional<Fact> commitCount() {
    return otherwise.commitCount();
  }

  @Override
  public Optional<Fact> describe() {
    return otherwise.describe();
  }

  private Json.Obj get(URI uri) {
    var request =
        Request.of("GET", uri)
            .plus("Authorization", "Bearer " + token)
            .plus("Accept", "application/vnd.github+json");
    try (var client =
            new HttpClient(
                ClientSettings.DEFAULT.with(Proxies.from(System.getenv())).following(3, false));
        var response = client.send(request)) {
      var body = response.bytes(LARGEST);
      if (response.status() != 200) {
        throw refused(uri, "it answered " + response.status());
      }
      return Json.parse(new String(body, StandardCharsets.UTF_8)) instanceof Json.Obj json
          ? json
          : Json.object();
    } catch (HttpFault e) {
      throw refused(uri, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw refused(uri, "its answer broke off");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PublishException(new Failure.Cancelled(Stage.REQUEST, "interrupted"), e);
    }
  }

  private static PublishException refused(URI uri, String why) {
    return new PublishException(
        new Failure.Refused(
            Stage.REQUEST,
            new Problem(
                "ci.misconfigured-workflow",
                "the repository cannot be asked for: " + why,
                "GET " + uri,
                "give what it says by --repository-json FILE, or a token that may read it")));
  }
}
