package dev.gantry.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same gzip on any number of threads, and what every other gunzip makes of it. */
class GzipBlocksTest {

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        GzipBlocks.BLOCK - 1,
        GzipBlocks.BLOCK,
        GzipBlocks.BLOCK + 1,
        3 * GzipBlocks.BLOCK,
        5_000_001
      })
  void anyThreadsGiveTheSameBytes(int size) throws IOException {
    var plain = content(size);
    var alone = compressed(plain, Runnable::run);
    try (var threads = Executors.newFixedThreadPool(5)) {
      assertThat(compressed(plain, threads)).isEqualTo(alone);
    }
    assertThat(new GZIPInputStream(new ByteArrayInputStream(alone)).readAllBytes())
        .isEqualTo(plain);
    assertThat((long) alone.length).isLessThanOrEqualTo(GzipBlocks.atMost(size));
  }

  @Test
  void noiseStaysWithinTheBound() throws IOException {
    var noise = new byte[2_000_000];
    new Random(7).nextBytes(noise);
    assertThat((long) compressed(noise, Runnable::run).length)
        .isGreaterThan(noise.length)
        .isLessThanOrEqualTo(GzipBlocks.atMost(noise.length));
  }

  @Test
  void tellsTheDiffIdAtTheEndOnly() throws IOException {
    var plain = content(1000);
    try (var blocks = new GzipBlocks(new ByteArrayInputStream(plain), Runnable::run, _ -> {})) {
      assertThatThrownBy(blocks::diffId).isInstanceOf(IllegalStateException.class);
      blocks.readAllBytes();
      assertThat(blocks.diffId()).isEqualTo(Digest.of(plain));
      assertThat(blocks.length()).isEqualTo(1000);
      assertThat(blocks.read()).isEqualTo(-1);
    }
  }

  @Test
  void faultOfTheInputIsPassedOn() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the disk is on fire");
          }

          @Override
          public int read(byte[] bytes, int from, int count) throws IOException {
            throw new IOException("the disk is on fire");
          }
        };
    assertThatThrownBy(() -> new GzipBlocks(broken, Runnable::run, _ -> {}).readAllBytes())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("on fire");
  }

  private static byte[] compressed(byte[] plain, Executor executor) throws IOException {
    try (var blocks = new GzipBlocks(new ByteArrayInputStream(plain), executor, _ -> {})) {
      return blocks.readAllBytes();
    }
  }

  /** Half text, half noise, so that matches reach across blocks. */
  private static byte[] content(int size) {
    var random = new Random(size);
    var bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i % 1000 < 500 ? "gantry".charAt(i % 6) : random.nextInt());
    }
    return bytes;
  }
}
