package dev.gantry.login;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Registry;
import dev.gantry.oci.Repository;
import dev.gantry.rules.CredentialSource;
import dev.gantry.rules.Registries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Places where credentials are found, asked in turn until one has something. */
public record Keychain(List<Credentials> places) implements Credentials {
  private static final String USER = "GANTRY_USERNAME";
  private static final String PASSWORD = "GANTRY_PASSWORD";

  public Keychain {
    places = List.copyOf(places);
  }

  @Override
  public Credential of(Repository repository) throws InterruptedException {
    for (var place : places) {
      var found = place.of(repository);
      if (!(found instanceof Credential.Anonymous)) {
        return found;
      }
    }
    return Credential.ANONYMOUS;
  }

  /** One credential for one registry, as given on the command line. */
  public static Credentials only(Registry registry, Credential credential) {
    return repository -> repository.registry().equals(registry) ? credential : Credential.ANONYMOUS;
  }

  /**
   * What the environment has: {@code GANTRY_USERNAME_HOST} and {@code GANTRY_PASSWORD_HOST} for any
   * registry, where HOST is its name in capitals with {@code _} for all that is no letter or digit
   * ({@code REG_EXAMPLE_COM}, {@code REG_EXAMPLE_COM_5000}); {@code GANTRY_USERNAME} and {@code
   * GANTRY_PASSWORD} for the target, if there is but one.
   *
   * @param targets registries that are written to
   * @throws PublishException Refused if the short form is set and there are several targets that
   *     have no form of their own, or if a name is set without its password
   */
  public static Credentials environment(Map<String, String> env, Collection<Registry> targets) {
    var open = new LinkedHashSet<>(targets);
    open.removeIf(registry -> suffixes(registry).stream().anyMatch(end -> isSet(env, USER + end)));
    if (isSet(env, USER) && open.size() > 1) {
      throw severalTargets(open);
    }
    return repository -> {
      for (var end : suffixes(repository.registry())) {
        if (isSet(env, USER + end)) {
          return variables(USER + end, PASSWORD + end, env);
        }
      }
      return isSet(env, USER) && open.contains(repository.registry())
          ? variables(USER, PASSWORD, env)
          : Credential.ANONYMOUS;
    };
  }

  /**
   * The credential in two variables of the environment.
   *
   * @throws PublishException Refused if either is not set, or empty
   */
  public static Credential variables(String user, String password, Map<String, String> env) {
    for (var name : List.of(user, password)) {
      if (!isSet(env, name)) {
        throw refused(
            "ci.missing-secret",
            name + (env.containsKey(name) ? " is empty" : " is not set"),
            "environment",
            "set "
                + user
                + " and "
                + password
                + "; in CI, look whether the secret reaches this job");
      }
    }
    var secret = new Secret(env.getOrDefault(password, "").strip());
    return new Credential.Password(env.getOrDefault(user, ""), secret, password);
  }

  /**
   * The files of Docker and podman: {@code $REGISTRY_AUTH_FILE}; {@code config.json} in {@code
   * $DOCKER_CONFIG} or {@code ~/.docker}; {@code containers/auth.json} in {@code $XDG_RUNTIME_DIR}
   * or {@code ~/.config}.
   *
   * @param env also the environment of programs that keep credentials
   */
  public static Credentials files(Map<String, String> env, Path home) {
    var places = new ArrayList<Credentials>();
    if (isSet(env, "REGISTRY_AUTH_FILE")) {
      places.add(
          new ConfigFile(
              Path.of(env.getOrDefault("REGISTRY_AUTH_FILE", "")), "$REGISTRY_AUTH_FILE", env));
    }
    places.add(new ConfigFile(dockerConfig(env, home), "config.json", env));
    if (isSet(env, "XDG_RUNTIME_DIR")) {
      places.add(podman(Path.of(env.getOrDefault("XDG_RUNTIME_DIR", "")), env));
    }
    places.add(
        podman(
            isSet(env, "XDG_CONFIG_HOME")
                ? Path.of(env.getOrDefault("XDG_CONFIG_HOME", ""))
                : home.resolve(".config"),
            env));
    return new Keychain(places);
  }

  /**
   * What a team's own file says of each registry, and {@code stored} for those that it says nothing
   * of.
   */
  public static Credentials declared(Registries file, Map<String, String> env, Credentials stored) {
    return repository -> {
      var source =
          file.at(repository.registry())
              .map(Registries.Entry::credentials)
              .orElseGet(CredentialSource.Stored::new);
      return switch (source) {
        case CredentialSource.Stored _ -> stored.of(repository);
        case CredentialSource.Anonymous _ -> Credential.ANONYMOUS;
        case CredentialSource.Environment(var user, var password) -> variables(user, password, env);
        case CredentialSource.Program(var name) -> {
          var program = new CredentialProgram(name, env, ConfigFile.PATIENCE);
          var where = program.program() + " of " + file.file();
          yield program.get(ConfigFile.server(repository), where).orElse(Credential.ANONYMOUS);
        }
      };
    };
  }

  /** The entry for a registry in one file of either form. */
  public static Credentials file(Path path, Map<String, String> env) {
    return new ConfigFile(path, path.getFileName().toString(), env);
  }

  /** Where Docker keeps its settings. */
  public static Path dockerConfig(Map<String, String> env, Path home) {
    var folder =
        isSet(env, "DOCKER_CONFIG")
            ? Path.of(env.getOrDefault("DOCKER_CONFIG", ""))
            : home.resolve(".docker");
    return folder.resolve("config.json");
  }

  private static ConfigFile podman(Path folder, Map<String, String> env) {
    return new ConfigFile(folder.resolve("containers").resolve("auth.json"), "auth.json", env);
  }

  private static boolean isSet(Map<String, String> env, String name) {
    return !env.getOrDefault(name, "").isBlank();
  }

  /** How a registry ends the names of its variables: with its port, and then without. */
  private static List<String> suffixes(Registry registry) {
    return List.of(suffix(registry.toString()), suffix(registry.host())).stream()
        .distinct()
        .toList();
  }

  private static String suffix(String name) {
    return "_"
        + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_").replaceAll("^_|_$", "");
  }

  private static PublishException severalTargets(Collection<Registry> targets) {
    return refused(
        "auth.wrong-registry-login",
        USER + " does not say for which of " + targets.size() + " registries it is",
        "environment",
        "set, instead of it, "
            + targets.stream()
                .map(registry ->
                    USER
                        + suffix(registry.toString())
                        + " and "
                        + PASSWORD
                        + suffix(registry.toString()))
                .collect(Collectors.joining(", ")));
  }

  private static PublishException refused(String cause, String what, String where, String todo) {
    return new PublishException(
        new Failure.Refused(Failure.Stage.SIGN_IN, new Failure.Problem(cause, what, where, todo)));
  }
}
