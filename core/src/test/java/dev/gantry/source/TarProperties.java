package dev.gantry.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every archive of an image, tried with a seed that is printed on failure. */
class TarProperties {
  private static final long SEED =
      Long.getLong("gantry.seed", new Random().nextLong(1_000_000_000));
  private static final int ROUNDS = 25;

  @TempDir Path folder;

  @Test
  void anyOrderAndFormGivesTheSameImage() throws Exception {
    var random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      var picture = Pictures.picture(random, random.nextInt(1, 4), "linux", "amd64");
      var reader = new Reader(folder.resolve("home" + round));
      var old = Pictures.oldArchive(picture, "app:v" + round);
      Collections.shuffle(old, random);
      var recent = Pictures.newArchive(picture, "app:v" + round);
      Collections.shuffle(recent, random);
      var one = reader.whole(Pictures.writeTar(folder.resolve("old.tar"), old).toString());
      Reader.checkWhole(one);
      var fresh = new Reader(folder.resolve("fresh" + round));
      var other = fresh.whole(Pictures.writeTar(folder.resolve("new.tar"), recent).toString());
      Reader.checkWhole(other);
      assertThat(other.root()).as("seed %d, round %d", SEED, round).isEqualTo(one.root());
    }
  }

  /** Whatever is done to an archive, it is read as what it was, or refused: never as another. */
  @Test
  void damageIsNeverTakenForAnotherImage() throws Exception {
    var random = new Random(SEED);
    var picture = Pictures.picture(random, 2, "linux", "amd64");
    var tar = Pictures.tar(Pictures.oldArchive(picture, "app:v1")).toArray();
    var path = folder.resolve("damaged.tar");
    Files.write(path, tar);
    Digest right = new Reader(folder.resolve("right")).whole(path.toString()).root().digest();
    for (int round = 0; round < 4 * ROUNDS; round++) {
      var damaged = damaged(tar, random);
      Files.write(path, damaged.toArray());
      try {
        var whole = new Reader(folder.resolve("cache" + round)).whole(path.toString());
        Reader.checkWhole(whole);
        assertThat(whole.root().digest()).as("seed %d, round %d", SEED, round).isEqualTo(right);
      } catch (PublishException refused) {
        assertThat(refused.failure())
            .as("seed %d, round %d", SEED, round)
            .isInstanceOf(Failure.Refused.class);
      }
    }
  }

  private static Bytes damaged(byte[] tar, Random random) {
    var copy = tar.clone();
    switch (random.nextInt(4)) {
      case 0 -> copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> copy[512 * random.nextInt(copy.length / 512) + random.nextInt(160)] ^= 0x11;
      case 2 -> copy = Arrays.copyOf(copy, random.nextInt(copy.length));
      default -> {
        var from = 512 * random.nextInt(copy.length / 512);
        var to = Math.min(copy.length, from + 512 * random.nextInt(1, 8));
        for (int i = from; i < to; i++) {
          copy[i] = (byte) random.nextInt();
        }
      }
    }
    return Bytes.of(copy);
  }
}
