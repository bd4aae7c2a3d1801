package dev.gantry.login;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program {@code docker-credential-NAME} that keeps credentials, spoken to as Docker does
 * (docker-credential-helpers, README, "Development"): the action is its argument, the server's
 * address or a JSON object its input.
 *
 * @param name as it stands in config.json, without the prefix
 * @param env environment of the program; its PATH is where the program is looked for
 * @param patience how long an answer may take; programs that ask a cloud need seconds
 */
record CredentialProgram(String name, Map<String, String> env, Duration patience) {
  private static final String PREFIX = "docker-credential-";

  /** What every program says when it has nothing (credentials/error.go of the same project). */
  private static final String NOTHING = "credentials not found";

  /** Bytes of output that are read; a real answer is below 20 KiB. */
  private static final int LONGEST = 1 << 20;

  private record Said(int exit, String out, String err) {}

  String program() {
    return PREFIX + name;
  }

  /** What it has for this server, or nothing. */
  Optional<Credential> get(String server, String source) throws InterruptedException {
    var said = run("get", server, source);
    if (said.exit() != 0) {
      if (said.out().contains(NOTHING) || said.err().contains(NOTHING)) {
        return Optional.empty();
      }
      throw failed(said, source);
    }
    try {
      var json = Json.parseObject(dev.gantry.oci.Bytes.of(said.out()));
      var user = json.text("Username").orElse("");
      var secret = json.text("Secret").orElse("");
      if (secret.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          user.equals("<token>")
              ? new Credential.IdentityToken(new Secret(secret), source)
              : new Credential.Password(user, new Secret(secret), source));
    } catch (Malformed _) {
      throw refused(program() + " answered with something that is not JSON", source);
    }
  }

  /** Lets it keep a password. */
  void store(String server, Credential.Password password, String where)
      throws InterruptedException {
    var json =
        Json.object()
            .with("ServerURL", server)
            .with("Username", password.user())
            .with("Secret", password.secret().reveal());
    var said = run("store", json.compact(), where);
    if (said.exit() != 0) {
      throw failed(said, where);
    }
  }

  /** Lets it forget what it has for this server. */
  void erase(String server, String where) throws InterruptedException {
    var said = run("erase", server, where);
    if (said.exit() != 0 && !said.out().contains(NOTHING) && !said.err().contains(NOTHING)) {
      throw failed(said, where);
    }
  }

  private Said run(String action, String input, String where) throws InterruptedException {
    var builder = new ProcessBuilder(List.of(find(where).toString(), action));
    builder.environment().clear();
    builder.environment().putAll(env);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw refused(program() + " does not start: " + e.getMessage(), where);
    }
    try {
      give(process, input);
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw refused(
            program() + " has not answered for " + patience.toSeconds() + " seconds", where);
      }
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      return new Said(
          process.exitValue(), read(process.getInputStream()), read(process.getErrorStream()));
    } catch (IOException e) {
      throw refused(program() + " cannot be read: " + e.getMessage(), where);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** A program that does not read its input to the end is none the worse for it. */
  private static void give(Process process, String input) {
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
      in.write('\n');
    } catch (IOException _) {
      return; // its exit code and words tell what is wrong
    }
  }

  /** What a pipe still holds once its writer has ended; a credential is far below its 64 KiB. */
  private static String read(InputStream from) throws IOException {
    return new String(from.readNBytes(LONGEST), StandardCharsets.UTF_8);
  }

  private Path find(String where) {
    var places = new ArrayList<Path>();
    for (var folder : env.getOrDefault("PATH", "").split(":", -1)) {
      if (!folder.isEmpty()) {
        places.add(Path.of(folder, program()));
      }
    }
    return places.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> refused(program() + " is not on the PATH", where));
  }

  /** The first line of its words, which are made for people and have no secret in them. */
  private PublishException failed(Said said, String where) {
    var words = (said.err().strip() + "\n" + said.out().strip()).strip();
    var line = words.lines().findFirst().orElse("it said nothing");
    return refused(
        program()
            + " failed with exit code "
            + said.exit()
            + ": "
            + (line.length() > 300 ? line.substring(0, 300) : line),
        where);
  }

  private PublishException refused(String what, String where) {
    return new PublishException(
        new Failure.Refused(
            Failure.Stage.SIGN_IN,
            new Failure.Problem(
                "auth.helper",
                what,
                where,
                "make `echo HOST | "
                    + program()
                    + " get` work, or take the entry out of the file"
                    + " and log in with: gantry login HOST")));
  }
}
