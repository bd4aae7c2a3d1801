package dev.gantry.tags;

/**
 * Something known of the commit or the run, with where it was read.
 *
 * @param source for example "GITHUB_REF" or "payload pull_request.head.sha"
 */
public record Fact(String value, String source) {
  @Override
  public String toString() {
    return value + " (" + source + ")";
  }
}
