package dev.gantry.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.failure.Evidence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that probes got, and the situation and cause that the book reads from them. */
class RecordedAnswersTest {
  private static final Book BOOK = Book.open();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ghcr | 403 | DENIED | permission_denied: write_package | package-access | auth.package-access
          ghcr | 403 | DENIED | installation not allowed to Write organization package | package-access | auth.package-access
          ghcr | 403 | DENIED | installation not allowed to Create organization package | create-refused | auth.token-scope
          ghcr | 429 | TOOMANYREQUESTS | retry-after: 10.487765ms, allowed: 2000/minute | rate-limit | policy.rate-limit
          ghcr | 416 | REQUESTED_RANGE_NOT_SATISFIABLE | the request body is too large and exceeds the maximum permissible limit of 4.00MiB | chunk-too-large | policy.size-limit
          ecr | 404 | NAME_UNKNOWN | The repository with name 'shop/api' does not exist in the registry with id '123456789012' | repository-missing | name.repository-missing
          ecr | 403 | DENIED | User: arn:aws:iam::1:role/x is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws:ecr:r:1:repository/x because no identity-based policy allows the ecr:InitiateLayerUpload action | no-push | auth.token-scope
          ecr | 403 | DENIED | User: arn:aws:iam::1:role/x is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws:ecr:r:1:repository/x because no resource-based policy allows the ecr:InitiateLayerUpload action | package-access | auth.package-access
          ecr | 403 | DENIED | Your authorization token has expired. Reauthenticate and try again. | token-expired | auth.token-expired-midway
          ecr | 400 | TAG_INVALID | The image tag 'v1' already exists in the 'shop/api' repository and cannot be overwritten because the repository is immutable. | tag-immutable | policy.tag-immutable
          gar | 400 | NAME_INVALID | Missing image name. Pushes should be of the form docker push HOST-NAME/PROJECT-ID/REPOSITORY/IMAGE | name-too-short | name.namespace
          gar | 403 | DENIED | Unauthenticated request. Unauthenticated requests do not have permission "artifactregistry.repositories.uploadArtifacts" on resource "projects/p" (or it may not exist) | not-logged-in | auth.not-logged-in
          gar | 403 | DENIED | Permission "artifactregistry.repositories.uploadArtifacts" denied on resource "projects/p" (or it may not exist) | no-push | auth.token-scope
          gar | 404 | NAME_UNKNOWN | Repository 'containers' not found | repository-missing | name.repository-missing
          harbor | 401 | UNAUTHORIZED | project shop not found: project shop not found | project-missing | name.repository-missing
          harbor | 400 | BAD_REQUEST | invalid repository name: api | name-too-short | name.namespace
          harbor | 412 | PRECONDITION | Failed to process request due to 'api:v1' configured as immutable. | tag-immutable | policy.tag-immutable
          harbor | 403 | DENIED | adding 10.0 MiB of storage resource, which when updated to current usage of 100.0 MiB will exceed the configured upper limit of 100.0 MiB. | quota | policy.quota
          harbor | 403 | DENIED | The system is in read only mode. Any modification is prohibited. | read-only | policy.read-only
          harbor | 403 | DENIED | can not push artifact to a proxy project: hub | proxy-project | name.namespace
          gitlab | 403 | DENIED | Pushing to protected repository path forbidden | protected-path | auth.org-policy
          gitlab | 404 | UNAVAILABLE | registry not enabled | disabled | server.misconfigured
          gitlab | 403 | DENIED | access forbidden | bad-credentials | auth.bad-credentials
          quay | 400 | INVALID_REQUEST | Unable to decode repository and actions | scope-refused | other
          quay | 400 | NAME_INVALID | Nested repositories are not supported. Found: a/b/c | name-too-deep | name.namespace
          quay | 403 | DENIED | Quota has been exceeded on namespace | quota | policy.quota
          quay | 409 | TAG_IMMUTABLE | tag is immutable and cannot be overwritten | tag-immutable | policy.tag-immutable
          quay | 415 | MANIFEST_INVALID | manifest schema version not supported | media-type | policy.unsupported-media-type
          gitea | 400 | NAME_INVALID | invalid repository name | name-invalid | name.invalid-reference
          openshift | 400 | NAME_INVALID | it must be of the format <project>/<name> | name-too-deep | name.namespace
          icr | 403 | DENIED | Your account has exceeded its image storage quota for the current month. | quota | policy.quota
          distribution-2.8 | 400 | MANIFEST_BLOB_UNKNOWN | blob unknown to registry | blob-not-in-repository | content.blob-unknown
          distribution-2.8 | 405 | UNSUPPORTED | The operation is unsupported. | delete-refused | other
          distribution-3 | 416 | RANGE_INVALID | invalid content range | chunk-out-of-order | other
          """)
  void theAnswerOfAProbeIsFoundInTheBook(
      String kind, int status, String code, String message, String when, String cause) {
    var seen =
        new Evidence.Answer(
            status, Map.of(), List.of(new Evidence.Said(code, message, "{}")), message);
    var found = BOOK.rules(kind).answers().stream().filter(answer -> answer.matches(seen)).toList();
    assertThat(found).isNotEmpty();
    assertThat(found.getFirst().when()).isEqualTo(when);
    assertThat(found.getFirst().cause()).isEqualTo(cause);
  }

  @Test
  void plainTextIsReadAsTheWholeBody() {
    var seen = new Evidence.Answer(405, Map.of(), List.of(), "Method not allowed\n");
    assertThat(BOOK.rules("distribution-2.8").answers().stream().filter(a -> a.matches(seen)))
        .extracting(RecordedAnswer::when)
        .containsExactly("read-only");
  }

  @Test
  void anAnswerOfWhichOnlyTheStatusIsKnownProvesNothing() {
    var seen = new Evidence.Answer(403, Map.of(), List.of(), "");
    assertThat(BOOK.rules("dockerhub").answers().stream().filter(a -> a.matches(seen))).isEmpty();
  }

  @Test
  void anotherCodeOrStatusIsAnotherAnswer() {
    var said = List.of(new Evidence.Said("DENIED", "denied", "{}"));
    var answers = BOOK.rules("ghcr").answers("package-access");
    assertThat(answers).hasSize(2);
    assertThat(answers).noneMatch(a -> a.matches(new Evidence.Answer(403, Map.of(), said, "")));
    var right = List.of(new Evidence.Said("DENIED", "permission_denied: write_package", "{}"));
    assertThat(answers).noneMatch(a -> a.matches(new Evidence.Answer(401, Map.of(), right, "")));
    assertThat(answers).anyMatch(a -> a.matches(new Evidence.Answer(403, Map.of(), right, "")));
  }

  @Test
  void aLineOfManyWordsIsReadInGoodTime() {
    var line = "adding ".repeat(20_000);
    assertThat(BOOK.rules("harbor").answers("quota").getFirst().inside(line)).isFalse();
  }
}
