package dev.gantry.rehearsal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Digest.Algorithm SHA256 = Digest.Algorithm.SHA256;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Digest put(Store store, String name, byte[] blob) throws IOException {
    var digest = Digest.of(SHA256, blob);
    var session = store.open(name, SHA256);
    session.append(session.takeOver(), new ByteArrayInputStream(blob));
    assertThat(store.finish(session, digest)).isTrue();
    return digest;
  }

  @Test
  void contentWithoutALinkIsRemovedAtTheStart(@TempDir Path folder) throws Exception {
    Digest linked;
    Digest orphan = Digest.of(SHA256, bytes("orphan"));
    try (var store = Store.open(folder, DAY)) {
      linked = put(store, "a/b", bytes("linked"));
      var file = store.contents().file(orphan);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes("orphan"));
      Files.write(folder.resolve("temporary").resolve("draft"), bytes("half"));
    }
    try (var store = Store.open(folder, DAY)) {
      assertThat(store.contents().file(orphan)).doesNotExist();
      assertThat(store.contents().file(linked)).exists();
      assertThat(folder.resolve("temporary")).isEmptyDirectory();
      assertThat(store.check()).isEmpty();
    }
  }

  @Test
  void aLinkWithoutContentIsDropped(@TempDir Path folder) throws Exception {
    Digest digest;
    try (var store = Store.open(folder, DAY)) {
      digest = put(store, "a/b", bytes("blob"));
      Files.delete(store.contents().file(digest));
      assertThat(store.check()).containsExactly(digest + ": its content is gone");
    }
    try (var store = Store.open(folder, DAY)) {
      assertThat(store.repository("a/b").orElseThrow().blob(digest)).isEmpty();
    }
  }

  @Test
  void damagedContentIsFound(@TempDir Path folder) throws Exception {
    try (var store = Store.open(folder, DAY)) {
      var digest = put(store, "a/b", bytes("blob"));
      Files.write(store.contents().file(digest), bytes("BLOB"));
      assertThat(store.check()).containsExactly(digest + ": its content has another digest");
    }
  }

  @Test
  void oldSessionsAreThrownAwayAndYoungOnesGoOn(@TempDir Path folder) throws Exception {
    Session young;
    Session old;
    try (var store = Store.open(folder, DAY)) {
      young = store.open("a/b", SHA256);
      young.append(young.takeOver(), new ByteArrayInputStream(bytes("half ")));
      old = store.open("a/b", SHA256);
      var yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
      Files.setLastModifiedTime(folder.resolve("sessions").resolve(old.id()), yesterday);
    }
    try (var store = Store.open(folder, DAY)) {
      assertThat(store.openSessions()).isEqualTo(1);
      assertThat(store.session("a/b", old.id())).isEmpty();
      var again = store.session("a/b", young.id()).orElseThrow();
      assertThat(again.offset()).isEqualTo(5);
      again.append(again.takeOver(), new ByteArrayInputStream(bytes("whole")));
      assertThat(store.finish(again, Digest.of(SHA256, bytes("half whole")))).isTrue();
      assertThat(folder.resolve("sessions")).isEmptyDirectory();
    }
  }

  @Test
  void aClosedStoreTakesNothingMore(@TempDir Path folder) throws Exception {
    var store = Store.open(folder, DAY);
    var digest = put(store, "a/b", bytes("blob"));
    var session = store.open("a/b", SHA256);
    store.close();
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> session.append(session.takeOver(), new ByteArrayInputStream(bytes("x"))))
        .isInstanceOf(DiskFault.class);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> store.repositoryToWrite("a/b").removeBlob(digest))
        .isInstanceOf(DiskFault.class);
    assertThat(store.contents().file(digest)).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "V1", "1.2-RC.3", "_x", "ABC", "aBcDeFgHiJ"})
  void tagsSurviveADiskThatIgnoresCase(String tag) {
    var file = TagFile.name(tag);
    assertThat(TagFile.tag(file)).isEqualTo(tag);
    assertThat(file).isEqualTo(file.toLowerCase(java.util.Locale.ROOT));
    assertThat(TagFile.name("A".repeat(128))).hasSizeLessThan(255);
  }

  @Test
  void gigabytesPassThroughASmallBuffer(@TempDir Path folder) throws Exception {
    long size = 96L << 20;
    try (var store = Store.open(folder, DAY)) {
      var session = store.open("a/b", SHA256);
      var sum = SHA256.computation();
      var noise = new Noise(size, sum);
      session.append(session.takeOver(), noise);
      assertThat(session.offset()).isEqualTo(size);
      var digest = Digest.finish(SHA256, sum.digest());
      assertThat(store.finish(session, digest)).isTrue();
      assertThat(store.repository("a/b").orElseThrow().blob(digest)).contains(size);
      assertThat(noise.largestRead).isLessThanOrEqualTo(1 << 20);
    }
  }

  /** So many bytes that are never all in memory. */
  private static final class Noise extends InputStream {
    private final byte[] block = new byte[1 << 16];
    private final java.security.MessageDigest sum;
    private long left;
    private int largestRead;

    Noise(long size, java.security.MessageDigest sum) {
      this.left = size;
      this.sum = sum;
      new Random(7).nextBytes(block);
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("read in blocks");
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      largestRead = Math.max(largestRead, length);
      if (left == 0) {
        return -1;
      }
      int n = (int) Math.min(left, Math.min(length, block.length));
      System.arraycopy(block, 0, into, offset, n);
      sum.update(block, 0, n);
      left -= n;
      return n;
    }
  }
}
