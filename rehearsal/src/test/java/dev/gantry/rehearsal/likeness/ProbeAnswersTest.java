package dev.gantry.rehearsal.likeness;

import static dev.gantry.rehearsal.Client.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is known about the answers to the requests by which a client finds out whether it may
 * publish: each row a registry, who asks, and what comes back and stays behind.
 */
class ProbeAnswersTest {

  /**
   * The status is {@code ?} where nobody wrote it down; the registry then has to say so. The code
   * is that of the first error, or {@code text} for a plain body; the message is a part of it or of
   * its detail. The header is there with this part, or with {@code !} is not there; the repository
   * is there afterwards ({@code +}), or is not ({@code -}).
   */
  private static final String TABLE =
      """
      what is shown | kind | seed | who | request | status | code | message | header | repository
      an open registry | oci | | open | ping | 200
      an open registry | distribution-2.8 | | open | ping | 200
      a challenge | distribution-2.8 | | none | ping | 401 | UNAUTHORIZED | authentication required | WWW-Authenticate: Bearer realm="http://127.0.0.1
      a challenge | zot | | basic none | ping | 401 | UNAUTHORIZED | authentication required | WWW-Authenticate: Basic realm=
      a session | oci | | open | open org/app | 202 | | | Location: /v2/org/app/blobs/uploads/ | -org/app
      a session, cancelled | oci | | open | cancel org/app | 204 | | | | -org/app
      a mount | oci | repositories: {org/base: {tags: [v1]}} | open | mount org/app org/base | 201 | | | Location: /v2/org/app/blobs/sha256: | +org/app
      a mount of what is not there | oci | | open | mount org/app org/base | 202 | | | Location: /v2/org/app/blobs/uploads/ | -org/app
      a name the router refuses | distribution-2.8 | | open | open org/App | 404 | text | 404 page not found
      read-only | distribution-2.8 | read-only: true | open | open org/app | 405 | text | Method not allowed | Allow: GET, HEAD
      too many requests | oci | rate-limit: {requests: 0, seconds: 60} | open | open org/app | 429 | TOOMANYREQUESTS | | Retry-After: 60
      too many requests, the wait in words | ghcr | rate-limit: {requests: 0, seconds: 60} | open | open org/app | 429 | TOOMANYREQUESTS | retry-after: 60s, allowed: 0/minute | !Retry-After
      referrers | oci | repositories: {org/app: {tags: [v1]}} | open | referrers org/app v1 | 200 | | | Content-Type: application/vnd.oci.image.index.v1+json
      no referrers, as text | distribution-2.8 | repositories: {org/app: {tags: [v1]}} | open | referrers org/app v1 | 404 | text | 404 page not found
      no referrers, as JSON | ghcr | repositories: {org/app: {tags: [v1]}} | open | referrers org/app v1 | 404 | MANIFEST_UNKNOWN
      a subject seen | oci | repositories: {org/app: {tags: [v1]}} | open | attach org/app v1 | 201 | | | OCI-Subject: sha256:
      a subject passed over | distribution-2.8 | repositories: {org/app: {tags: [v1]}} | open | attach org/app v1 | 201 | | | !OCI-Subject
      a subject passed over | ghcr | repositories: {org/app: {tags: [v1]}} | open | attach org/app v1 | 201 | | | !OCI-Subject
      a tag | oci | repositories: {org/app: {tags: [v1]}} | open | head org/app v1 | 200 | | | Docker-Content-Digest: sha256:
      no tag | oci | repositories: {org/app: {tags: [v1]}} | open | head org/app v2 | 404
      no repository | oci | | open | head org/app v1 | 404
      a private tag | oci | repositories: {org/app: {tags: [v1]}} | none | head org/app v1 | 401
      a private tag | oci | repositories: {org/app: {tags: [v1]}} | basic nobody | head org/app v1 | 403
      no tag, said as no right | artifactory | repositories: {org/app: {tags: [v1]}} | open | head org/app v2 | 403
      may push | distribution-2.8 | | pusher | open org/app | 202 | | | Location: | -org/app
      may not cancel | distribution-2.8 | | pusher | cancel org/app | 401 | UNAUTHORIZED | authentication required
      may cancel | distribution-2.8 | | owner | cancel org/app | 204
      a digest of something else | distribution-2.8 | | pusher | zero org/app application/vnd.oci.image.manifest.v1+json | 400 | DIGEST_INVALID | provided digest did not match | | -org/app
      a digest of something else, no right | distribution-2.8 | | reader | zero org/app application/vnd.oci.image.manifest.v1+json | 401 | UNAUTHORIZED | "Name":"org/app","Action":"push" | | -org/app
      may push | ghcr | | pusher | open org/app | 202 | | | Location: | -org/app
      may not cancel | ghcr | | open | cancel org/app | 405 | UNSUPPORTED | | | -org/app
      no package to make | ghcr | repositories: {org/app: {refuse: [create-refused]}} | open | open org/app | 403 | DENIED | Create organization package
      a package of others | ghcr | repositories: {org/app: {linked-to: org/other}} | open | open org/app | 403 | DENIED | permission_denied: write_package
      throttled, not denied | ghcr | repositories: {org/app: {refuse: [secondary-rate-limit]}} | open | open org/app | 403 | | secondary rate limit
      a chunk as large as may be | ghcr | | open | chunk org/app 4194304 | 202
      a chunk too large | ghcr | | open | chunk org/app 4194305 | 416 | | maximum permissible limit of 4.00MiB
      no right | dockerhub | | reader | open org/app | 401 | UNAUTHORIZED | authentication required | WWW-Authenticate: error="insufficient_scope"
      too deep | dockerhub | | open | open org/app/web | 401 | UNAUTHORIZED | authentication required
      a namespace of nobody | dockerhub | missing: [org] | open | open org/app | 401 | UNAUTHORIZED | authentication required
      an immutable tag | dockerhub | repositories: {org/app: {tags: {v1: immutable}}} | open | put org/app v1 | 403
      no repository | ecr | missing: [org/app] | open | open org/app | ? | NAME_UNKNOWN | The repository with name 'org/app' does not exist in the registry with id
      no policy for whoever asks | ecr | repositories: {org/app: {refuse: [no-push]}} | open | open org/app | ? | DENIED | because no identity-based policy allows the ecr:InitiateLayerUpload action
      no policy of the repository | ecr | repositories: {org/app: {refuse: [package-access]}} | open | open org/app | ? | DENIED | because no resource-based policy allows the ecr:InitiateLayerUpload action
      a password of yesterday | ecr | repositories: {org/app: {refuse: [token-expired]}} | open | open org/app | ? | DENIED | Your authorization token has expired.
      may open an upload | ecr | | owner | open org/app | 202 | | | Location: | -org/app
      an immutable tag | ecr | repositories: {org/app: {tags: {v1: immutable}}} | open | put org/app v1 | ? | TAG_INVALID | The image tag 'v1' already exists in the 'org/app' repository and cannot be overwritten
      a locked tag | acr | repositories: {org/app: {tags: {v1: immutable}}} | open | put org/app v1 | ? | | disallowed operation
      too short | gar | | open | open project/app | 400 | NAME_INVALID | Missing image name. Pushes should be of the form
      no credentials | gar | | none | open project/repo/app | ? | DENIED | Unauthenticated request.
      no right, or nothing there | gar | repositories: {project/repo/app: {refuse: [no-push]}} | open | open project/repo/app | ? | DENIED | Permission "artifactregistry.repositories.uploadArtifacts" denied on resource
      no repository | gar | missing: [project/repo] | open | open project/repo/app | ? | NAME_UNKNOWN | Repository 'repo' not found
      no repository, signed in | gar | missing: [project/repo] | owner | open project/repo/app | ? | NAME_UNKNOWN | Repository 'repo' not found
      no project | harbor | missing: [org] | open | open org/app | 401 | UNAUTHORIZED | project org not found | !WWW-Authenticate | -org/app
      no project, and so no right | harbor | missing: [org] | pusher | open org/app | 401 | UNAUTHORIZED | project org not found | | -org/app
      no right | harbor | | reader | open org/app | 401 | UNAUTHORIZED | unauthorized to access repository: org/app, action: push
      full | harbor | quota: {limit: 10, used: 10} | open | open org/app | 403 | DENIED | will exceed the configured upper limit of 10 B
      a proxy | harbor | repositories: {org/app: {refuse: [proxy-project]}} | open | open org/app | 403 | DENIED | can not push artifact to a proxy project
      read-only | harbor | read-only: true | open | open org/app | 403 | DENIED | The system is in read only mode.
      too short | harbor | | open | open app | 400 | BAD_REQUEST | invalid repository name
      may not cancel | harbor | | pusher | cancel org/app | 401 | UNAUTHORIZED
      an immutable tag | harbor | repositories: {org/app: {tags: {v1: immutable}}} | open | put org/app v1 | 412 | PRECONDITION | configured as immutable.
      full | quay | quota: {limit: 1, used: 1} | open | open org/app | 403 | DENIED | Quota has been exceeded on namespace
      an immutable tag | quay | repositories: {org/app: {tags: {v1: immutable}}} | open | put org/app v1 | 409 | TAG_IMMUTABLE
      no OCI types | quay | repositories: {org/app: {refuse: [media-type]}} | open | put org/app v1 | 415 | MANIFEST_INVALID | manifest schema version not supported
      an empty repository | zot | | open | open org/app | 202 | | | Location: | +org/app
      an empty repository that stays | zot | | open | cancel org/app | 204 | | | | +org/app
      a type that is none | zot | | owner | zero org/app text/plain | 415 | MANIFEST_INVALID | | | -org/app
      no credentials | zot | | basic none | put org/app v1 | 401 | UNAUTHORIZED
      no right | zot | | basic reader | put org/app v1 | 403 | DENIED
      no right to change | zot | repositories: {org/app: {tags: {v1: immutable}}} | open | put org/app v1 | 403 | DENIED
      no Docker types | zot | repositories: {org/app: {tags: [v1]}} | open | put org/app v2 application/vnd.docker.distribution.manifest.v2+json | 415 | MANIFEST_INVALID | {"mediaType":"application/vnd.docker.distribution.manifest.v2+json"}
      may push | gitea | | owner | open org/app | 202 | | | Location: | -org/app
      may cancel | gitea | | owner | cancel org/app | 204 | | | | -org/app
      two underlines | gitea | | open | open org/a__b | 400 | NAME_INVALID
      two hyphens | gitea | | open | open org/a--b | 400 | NAME_INVALID
      the tag in other letters | gitea | repositories: {org/app: {tags: [v1]}} | open | head org/app V1 | 200 | | | Docker-Content-Digest: sha256:
      the tag in other letters | oci | repositories: {org/app: {tags: [v1]}} | open | head org/app V1 | 404
      may push | openshift | | pusher | open org/app | 202 | | | Location: | -org/app
      may cancel with the right to push | openshift | | pusher | cancel org/app | 204
      the quota at the manifest | openshift | repositories: {org/app: {refuse: [quota]}} | open | open org/app | 202
      the quota at the manifest | openshift | repositories: {org/app: {refuse: [quota]}} | open | put org/app v1 | 403 | DENIED | requested access to the resource is denied
      too short | openshift | | open | open app | 400 | NAME_INVALID | it must be of the format <project>/<name>
      too deep | openshift | | open | open org/app/web | 400 | NAME_INVALID | it must be of the format <project>/<name>
      full | icr | quota: {limit: 1, used: 1} | open | open team/app | ? | DENIED | Your account has exceeded its image storage quota for the current month.
      """;

  static List<Row> rows() {
    return Row.table(TABLE);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void answers(Row row) throws Exception {
    try (var probed = new Probed(row.cell(1), row.cell(2), row.cell(3), InstantSource.system())) {
      var answer = probed.send(row.cell(4));
      requireStatus(answer, row.cell(5));
      requireWords(answer, row.cell(6), row.cell(7));
      requireHeader(answer, row.cell(8));
      probed.requireRepository(row.cell(9));
      assertThat(probed.registry().check()).isEmpty();
    }
  }

  static void requireStatus(HttpResponse<byte[]> answer, String status) {
    if (status.equals("?")) {
      assertThat(answer.statusCode()).isBetween(400, 499);
      assertThat(answer.headers().firstValue(Wording.NOTE).orElse("")).contains("not known for");
    } else {
      assertThat(answer.statusCode()).as(text(answer)).isEqualTo(Integer.parseInt(status));
    }
  }

  private static void requireWords(HttpResponse<byte[]> answer, String code, String message) {
    if (code.equals("text")) {
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
      assertThat(text(answer)).contains(message);
      return;
    }
    if (!code.isEmpty()) {
      assertThat(Probed.error(answer).get("code").getAsString()).isEqualTo(code);
    }
    if (!message.isEmpty()) {
      var error = Probed.error(answer);
      assertThat(error.get("message").getAsString() + " " + error.get("detail")).contains(message);
    }
  }

  private static void requireHeader(HttpResponse<byte[]> answer, String header) {
    if (header.startsWith("!")) {
      assertThat(answer.headers().firstValue(header.substring(1))).isEmpty();
    } else if (!header.isEmpty()) {
      var parts = header.split(":", 2);
      assertThat(answer.headers().firstValue(parts[0]).orElse("")).contains(parts[1].strip());
    }
  }
}
