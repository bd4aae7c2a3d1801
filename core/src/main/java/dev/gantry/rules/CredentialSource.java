package dev.gantry.rules;

/** Where the credential of one registry is to be taken from; never the credential. */
public sealed interface CredentialSource {
  /** The files and programs of docker and podman, as for any other registry. */
  record Stored() implements CredentialSource {}

  /** Two variables of the environment, by their names. */
  record Environment(String user, String password) implements CredentialSource {}

  /** The program {@code docker-credential-NAME}. */
  record Program(String name) implements CredentialSource {}

  /** Nothing is sent. */
  record Anonymous() implements CredentialSource {}
}
