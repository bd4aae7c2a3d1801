package dev.gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.event.Event;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Json;
import dev.gantry.oci.MediaType;
import dev.gantry.oci.Registry;
import dev.gantry.oci.Repository;
import dev.gantry.oci.Tag;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Repository TO =
      new Repository(new Registry("registry.example", Optional.empty()), "demo/hello");
  private static final Descriptor BIG = blob('a', 10_000_000);
  private static final Descriptor SMALL = blob('b', 1_000);

  private final AtomicLong now = new AtomicLong();

  private static Descriptor blob(char digit, long size) {
    return new Descriptor(
        new MediaType("application/vnd.oci.image.layer.v1.tar+gzip"),
        Digest.parse("sha256:" + String.valueOf(digit).repeat(64)),
        size);
  }

  private Progress on(Session.Screen screen, Progress.Style style) {
    var view = screen.terminal().view();
    return new Progress(
        screen
            .terminal()
            .with(new View(view.lang(), false, false, style, view.colours(), View.USUAL_WIDTH)),
        now::get);
  }

  private void tenSecondsOfUpload(Progress progress) {
    progress.accept(new Event.Reached("upload", "sending 2 blobs"));
    progress.accept(new Event.BlobStarted(TO, BIG));
    progress.accept(new Event.BlobStarted(TO, SMALL));
    progress.accept(new Event.BlobDone(TO, SMALL, Event.How.SENT));
    for (int second = 0; second < 10; second++) {
      now.addAndGet(SECOND);
      progress.accept(new Event.BlobAdvanced(TO, BIG, (second + 1) * 500_000L));
    }
  }

  @Test
  void aLineEveryFewSecondsInALog() {
    var screen = new Session.Screen(Map.of(), "", false);
    tenSecondsOfUpload(on(screen, Progress.Style.LINES));
    assertThat(screen.err())
        .isEqualTo(
            """
            sending 2 blobs
            1/2 blobs, 2.5 MB of 10.0 MB, 500.0 kB/s, 16 s left
            1/2 blobs, 5.0 MB of 10.0 MB, 500.0 kB/s, 11 s left
            """);
  }

  @Test
  void barsAreDrawnOverEachOther() {
    var screen = new Session.Screen(Map.of("TERM", "xterm"), "", true);
    tenSecondsOfUpload(on(screen, Progress.Style.BARS));
    var frames = screen.err().split("\u001b\\[2A\u001b\\[J", -1);
    assertThat(frames).hasSizeGreaterThan(5);
    assertThat(frames[frames.length - 1])
        .startsWith("sending aaaaaaaaaaaa [===============               ] 5.0 MB / 10.0 MB")
        .contains("1/2 blobs, 5.0 MB of 10.0 MB, 500.0 kB/s, 11 s left");
  }

  @Test
  void notesStandAboveTheBars() {
    var screen = new Session.Screen(Map.of("TERM", "xterm"), "", true);
    var progress = on(screen, Progress.Style.BARS);
    tenSecondsOfUpload(progress);
    progress.accept(
        new Event.Retrying("PUT", "https://registry.example/", 2, Duration.ofSeconds(3), "503"));
    assertThat(screen.err()).endsWith("\u001b[2A\u001b[J503: again in 3 s (attempt 2)\n");
  }

  @Test
  void eventsAreDocuments() {
    var screen = new Session.Screen(Map.of(), "", false);
    var progress = on(screen, Progress.Style.EVENTS);
    tenSecondsOfUpload(progress);
    progress.accept(new Event.TagMoved(TO, new Tag("v1"), Optional.empty(), BIG.digest()));
    progress.accept(new Event.Compressing(BIG.digest(), 1, 2));
    progress.accept(new Event.ManifestDone(TO, BIG.digest()));
    progress.accept(new Event.Noticed("a thing"));
    var lines = screen.err().lines().toList();
    assertThat(lines).hasSizeGreaterThan(14);
    assertThat(lines)
        .allSatisfy(line -> assertThat(((Json.Obj) Json.parse(line)).text("event")).isPresent());
    assertThat(lines.getFirst())
        .isEqualTo("{\"event\":\"reached\",\"stage\":\"upload\",\"text\":\"sending 2 blobs\"}");
  }

  @Test
  void noneIsSilent() {
    var screen = new Session.Screen(Map.of(), "", false);
    tenSecondsOfUpload(on(screen, Progress.Style.NONE));
    assertThat(screen.err()).isEmpty();
  }

  @Test
  void styleFollowsTheSurroundings() {
    assertThat(View.of(Map.of("TERM", "xterm"), true, 80).progress())
        .isEqualTo(Progress.Style.BARS);
    assertThat(View.of(Map.of("TERM", "dumb"), true, 80).progress())
        .isEqualTo(Progress.Style.LINES);
    assertThat(View.of(Map.of("CI", "true"), true, 80).progress()).isEqualTo(Progress.Style.LINES);
    assertThat(View.of(Map.of(), false, 80).progress()).isEqualTo(Progress.Style.LINES);
    assertThat(View.of(Map.of(), true, 80).colours()).isTrue();
    assertThat(View.of(Map.of("NO_COLOR", "1"), true, 80).colours()).isFalse();
  }
}
