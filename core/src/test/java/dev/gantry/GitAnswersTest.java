package dev.gantry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.failure.PublishException;
import dev.gantry.tags.Fact;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What git tells of a checkout, on a branch and detached in every way. */
class GitAnswersTest {
  @TempDir Path folder;

  private GitCheckout checkout() throws IOException, InterruptedException {
    var path = folder.resolve("work");
    java.nio.file.Files.createDirectories(path);
    return new GitCheckout(path)
        .git("init", "-q", "-b", "main")
        .git("commit", "-q", "--allow-empty", "-m", "one");
  }

  private static String ref(GitCheckout checkout) {
    return String.valueOf(checkout.answers().head().get("ref"));
  }

  @Test
  void aBranchIsItself() throws Exception {
    var head = checkout().answers().head();
    assertThat(head.get("ref")).isEqualTo(new Fact("refs/heads/main", "git HEAD"));
    assertThat(head.get("commit date").value()).isEqualTo("2020-01-10 00:30:00 +0000");
    assertThat(head.get("sha").value()).matches("[0-9a-f]{40}");
  }

  @Test
  void aDetachedCommitIsWhatPointsAtIt() throws Exception {
    var checkout = checkout();
    checkout.git("checkout", "-q", "--detach").git("branch", "-q", "-D", "main");
    assertThatThrownBy(checkout.answers()::head)
        .isInstanceOf(PublishException.class)
        .hasMessageContaining("Cannot infer ref from detached HEAD");
    checkout.git("update-ref", "refs/remotes/pull/7/merge", "HEAD");
    assertThat(ref(checkout)).startsWith("refs/pull/7/merge");
    checkout
        .git("update-ref", "-d", "refs/remotes/pull/7/merge")
        .git("update-ref", "refs/remotes/origin/feature/x", "HEAD");
    assertThat(ref(checkout)).startsWith("refs/heads/feature/x");
    checkout.git("tag", "v1.2").git("tag", "v1.2.3");
    assertThat(ref(checkout)).startsWith("refs/tags/v1.2.3");
  }

  @Test
  void aCommitBehindABranchBelongsToIt() throws Exception {
    var checkout = checkout().git("commit", "-q", "--allow-empty", "-m", "two");
    checkout.git("checkout", "-q", "--detach", "HEAD~1");
    assertThat(ref(checkout)).startsWith("refs/heads/main");
  }

  @Test
  void tellsTagsBranchesCountAndDistance() throws Exception {
    var checkout =
        checkout()
            .git("tag", "v1.0.0")
            .git("tag", "api/v2.0.0")
            .git("branch", "feat/x")
            .git("update-ref", "refs/remotes/origin/main", "HEAD")
            .git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
            .git("commit", "-q", "--allow-empty", "-m", "two");
    var answers = checkout.answers();
    assertThat(answers.gitTags()).containsExactlyInAnyOrder("v1.0.0", "api/v2.0.0");
    assertThat(answers.branches()).containsExactlyInAnyOrder("feat/x", "main");
    assertThat(answers.commitCount().map(Fact::value)).contains("2");
    assertThat(answers.describe().map(Fact::value).orElse("")).matches(".+-1-g[0-9a-f]+");
    assertThat(answers.defaultBranch().map(Fact::value)).contains("main");
    assertThat(answers.commitDate("HEAD").map(Fact::value)).contains("2020-01-10T00:30:00+00:00");
    assertThat(answers.commitDate("nothing")).isEmpty();
    assertThat(answers.project()).isEmpty();
  }

  @Test
  void aFolderWithoutRepositoryKnowsNothing() {
    var answers = new GitCheckout(folder).answers();
    assertThat(answers.gitTags()).isEmpty();
    assertThat(answers.branches()).isEmpty();
    assertThat(answers.describe()).isEmpty();
    assertThatThrownBy(answers::head).isInstanceOf(PublishException.class);
  }
}
