package dev.gantry.login;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import dev.gantry.oci.Registry;
import dev.gantry.oci.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Credentials in a {@code config.json} of Docker or an {@code auth.json} of podman; the two have
 * one form (docker/cli, config/configfile; containers-auth.json(5)). For a repository the entry
 * with the longest fitting key counts: {@code host/path/of/repository}, then shorter paths, then
 * the host alone.
 *
 * @param name how the file is called in what is told: {@code config.json}, {@code auth.json}
 */
record ConfigFile(Path path, String name, Map<String, String> env) implements Credentials {
  /** How long a program that keeps credentials may take. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  public Credential of(Repository repository) throws InterruptedException {
    var config = read();
    if (config.isEmpty()) {
      return Credential.ANONYMOUS;
    }
    var auths = config.get().object("auths").orElse(Json.object());
    var programs = config.get().object("credHelpers").orElse(Json.object());
    for (var key : Keys.of(repository)) {
      var program = Keys.find(programs, key);
      if (program.isPresent()) {
        var found = program(programs, program.get()).get(server(repository), source(program.get()));
        if (found.isPresent()) {
          return found.get();
        }
      }
      var last = key.equals(repository.registry().toString());
      if (last) {
        var kept = fromStore(config.get(), repository);
        if (kept.isPresent()) {
          return kept.get();
        }
      }
      var entry = Keys.find(auths, key).flatMap(literal -> entry(auths, literal));
      if (entry.isPresent()) {
        return entry.get();
      }
    }
    return Credential.ANONYMOUS;
  }

  /** The file's content; empty where there is no file. */
  Optional<Json.Obj> read() {
    try {
      var bytes = Files.readAllBytes(path);
      if (new String(bytes, StandardCharsets.UTF_8).isBlank()) {
        return Optional.empty();
      }
      return Optional.of(Json.parseObject(Bytes.of(bytes)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw broken("cannot be read: " + e.getMessage(), path.toString());
    } catch (Malformed e) {
      throw broken(e.what(), path.toString());
    }
  }

  private Optional<Credential> fromStore(Json.Obj config, Repository repository)
      throws InterruptedException {
    var store = config.text("credsStore").filter(text -> !text.isEmpty());
    if (store.isEmpty()) {
      return Optional.empty();
    }
    var program = new CredentialProgram(store.get(), env, PATIENCE);
    return program.get(server(repository), "credsStore " + program.program() + " of " + name);
  }

  private CredentialProgram program(Json.Obj programs, String key) {
    return new CredentialProgram(programs.needText(key), env, PATIENCE);
  }

  private String source(String key) {
    return name + " credHelpers[" + key + "]";
  }

  /**
   * What stands under one key of auths; nothing for an empty entry, which only says "in a store".
   */
  private Optional<Credential> entry(Json.Obj auths, String key) {
    var source = name + " auths[" + key + "]";
    var entry = auths.object(key).orElseThrow(() -> broken("is no object", source));
    var identity = entry.text("identitytoken").filter(text -> !text.isEmpty());
    if (identity.isPresent()) {
      return Optional.of(new Credential.IdentityToken(new Secret(identity.get()), source));
    }
    var ready = entry.text("registrytoken").filter(text -> !text.isEmpty());
    if (ready.isPresent()) {
      return Optional.of(new Credential.RegistryToken(new Secret(ready.get()), source));
    }
    var auth = entry.text("auth").filter(text -> !text.isEmpty());
    if (auth.isPresent()) {
      return Optional.of(decoded(auth.get(), source));
    }
    var user = entry.text("username").orElse("");
    var password = entry.text("password").orElse("");
    return user.isEmpty() && password.isEmpty()
        ? Optional.empty()
        : Optional.of(new Credential.Password(user, new Secret(password), source));
  }

  private Credential decoded(String auth, String source) {
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(auth.strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw broken("has an 'auth' that is not base64", source);
    }
    var colon = pair.indexOf(':');
    if (colon <= 0) {
      throw broken("has an 'auth' that is not user:password in base64", source);
    }
    // Docker pads some passwords with zero bytes when it writes them.
    var password = pair.substring(colon + 1).replaceAll("\0+$", "");
    return new Credential.Password(pair.substring(0, colon), new Secret(password), source);
  }

  /** The address by which programs know a registry. */
  static String server(Repository repository) {
    return server(repository.registry());
  }

  static String server(Registry registry) {
    return registry.equals(Registry.DOCKER_HUB) ? Keys.DOCKER_HUB : registry.toString();
  }

  private PublishException broken(String what, String where) {
    return new PublishException(
        new Failure.Refused(
            Failure.Stage.SIGN_IN,
            new Failure.Problem(
                "auth.helper",
                name + " " + what,
                where,
                "set the file right, or move it away and run: gantry login HOST")));
  }
}
