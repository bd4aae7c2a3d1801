package dev.gantry.login;

/** What to sign in with, and where it was found. */
public sealed interface Credential {

  /** Where it was found, for people: {@code config.json auths[ghcr.io]}. */
  String source();

  /** Nothing was found, and nothing is sent. */
  record Anonymous() implements Credential {
    @Override
    public String source() {
      return "none";
    }
  }

  /** A user name and a password or personal token. */
  record Password(String user, Secret secret, String source) implements Credential {}

  /**
   * A refresh token to be changed for access tokens by OAuth 2 POST ({@code identitytoken} in
   * config.json; user {@code <token>} from a credential program).
   */
  record IdentityToken(Secret secret, String source) implements Credential {}

  /** A bearer token that goes to the registry as it is ({@code registrytoken} in config.json). */
  record RegistryToken(Secret secret, String source) implements Credential {}

  /** Nothing. */
  Credential ANONYMOUS = new Anonymous();
}
