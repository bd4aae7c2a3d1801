package dev.gantry.login;

import dev.gantry.oci.Repository;

/** Finds what to sign in with for a repository. */
@FunctionalInterface
public interface Credentials {
  /** Nobody has to sign in anywhere. */
  Credentials NONE = _ -> Credential.ANONYMOUS;

  /**
   * The most fitting credential, or {@link Credential#ANONYMOUS}. Programs may be started for it.
   *
   * @throws dev.gantry.failure.PublishException Refused when a file or program that should have it
   *     is broken
   */
  Credential of(Repository repository) throws InterruptedException;
}
