package dev.gantry.login;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Json;
import dev.gantry.oci.Registry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where logins are kept: Docker's config.json, or the program that it names for a registry. The
 * file is replaced in one step, keeps all that it does not know, and is for its owner's eyes only.
 */
public final class Store {
  private final ConfigFile file;

  /** The store behind this config.json, which need not exist yet. */
  public Store(Path configJson, Map<String, String> env) {
    this.file = new ConfigFile(configJson, "config.json", env);
  }

  /**
   * Keeps a password, in place of any kept before.
   *
   * @return where it is now: the file's path, or the program
   */
  public String keep(Registry registry, Credential.Password password) throws InterruptedException {
    var config = file.read().orElse(Json.object());
    var key = ConfigFile.server(registry);
    var program = program(config, registry);
    if (program.isPresent()) {
      program.get().store(key, password, "credentials of " + registry);
      write(withEntry(config, registry, key, Json.object()));
      return program.get().program();
    }
    var pair = password.user() + ":" + password.secret().reveal();
    var auth = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    write(withEntry(config, registry, key, Json.object().with("auth", auth)));
    return file.path().toString();
  }

  /** Forgets what is kept for a registry; tells from where, and nothing where nothing was kept. */
  public List<String> forget(Registry registry) throws InterruptedException {
    var from = new ArrayList<String>();
    var config = file.read().orElse(Json.object());
    var program = program(config, registry);
    if (program.isPresent()) {
      program.get().erase(ConfigFile.server(registry), "credentials of " + registry);
      from.add(program.get().program());
    }
    var auths = config.object("auths").orElse(Json.object());
    var kept = without(auths, registry);
    if (kept.size() < auths.members().size()) {
      write(config.with("auths", new Json.Obj(kept)));
      from.add(file.path().toString());
    }
    return List.copyOf(from);
  }

  private Optional<CredentialProgram> program(Json.Obj config, Registry registry) {
    var programs = config.object("credHelpers").orElse(Json.object());
    return Keys.find(programs, registry.toString())
        .flatMap(programs::text)
        .or(() -> config.text("credsStore"))
        .filter(name -> !name.isEmpty())
        .map(name -> new CredentialProgram(name, file.env(), ConfigFile.PATIENCE));
  }

  private static Json.Obj withEntry(
      Json.Obj config, Registry registry, String key, Json.Obj entry) {
    var members = without(config.object("auths").orElse(Json.object()), registry);
    members.put(key, entry);
    return config.with("auths", new Json.Obj(members));
  }

  private static Map<String, Json> without(Json.Obj auths, Registry registry) {
    var members = new LinkedHashMap<>(auths.members());
    members.keySet().removeIf(name -> Keys.canonical(name).equals(registry.toString()));
    return members;
  }

  private void write(Json.Obj config) {
    try {
      var path = Files.exists(file.path()) ? file.path().toRealPath() : file.path();
      var folder = path.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      var fresh =
          Files.createTempFile(
              folder,
              "config",
              ".json",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        Files.writeString(fresh, config.pretty() + "\n");
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      var why =
          e instanceof FileSystemException fs && fs.getReason() != null
              ? fs.getReason()
              : e.toString();
      throw new PublishException(
          new Failure.Refused(
              Failure.Stage.SIGN_IN,
              new Failure.Problem(
                  "auth.helper",
                  "config.json cannot be written: " + why,
                  file.path().toString(),
                  "make its folder writable, or point DOCKER_CONFIG to another one")));
    }
  }
}
