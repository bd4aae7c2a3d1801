package dev.gantry.explain;

import dev.gantry.oci.Json;
import java.util.Locale;

/**
 * A request that would tell two causes apart. It is a value: the front door carries it out.
 *
 * @param host the registry's name
 * @param path the repository the failure was about
 * @param yes the cause that speaks for itself when the request is accepted
 * @param no the cause that speaks for itself when it is refused
 */
public record Probe(Kind kind, String host, String path, String yes, String no) {

  /** What is asked. */
  public enum Kind {
    /**
     * Opens an upload under a fresh name beside the repository, with the same credentials. An
     * opened upload creates nothing (GHCR, Docker Hub, distribution); where it would, as on GitLab,
     * Quay and zot, it is not to be made.
     */
    OPEN_UPLOAD_BESIDE,
    /** Opens an upload in the repository itself, to hear the reason that a tool did not print. */
    OPEN_UPLOAD,
    /** Asks who we are: GET /v2/ with the credentials. */
    SIGN_IN,
    /** Asks for the tag's manifest, without credentials. */
    LOOK
  }

  static Probe of(Json.Obj json, Blanks blanks) {
    return new Probe(
        Kind.valueOf(json.needText("kind").toUpperCase(Locale.ROOT).replace('-', '_')),
        blanks.fill("{host}"),
        blanks.fill("{path}"),
        json.text("yes").orElse(""),
        json.text("no").orElse(""));
  }
}
