package dev.gantry.rehearsal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.rehearsal.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Apache's htpasswd makes the files that we read. */
class HtpasswdInterop {
  @Test
  void readsWhatHtpasswdWrites(@TempDir Path folder) throws Exception {
    Programs.require("htpasswd");
    var file = folder.resolve("users");
    var password = "pässword with spaces";
    var first = Programs.run("htpasswd", "-cbB", "-C", "4", file.toString(), "ann", password);
    var second = Programs.run("htpasswd", "-bB", "-C", "5", file.toString(), "bob", "");
    assertThat(first.status()).as(first.output()).isZero();
    assertThat(second.status()).as(second.output()).isZero();
    Files.writeString(file, "# a comment\n\n" + Files.readString(file));
    var users = User.htpasswd(file);
    assertThat(users).extracting(User::name).containsExactly("ann", "bob");
    assertThat(users.get(0).secret().matches(password)).isTrue();
    assertThat(users.get(0).secret().matches("other")).isFalse();
    assertThat(users.get(1).secret().matches("")).isTrue();
  }
}
