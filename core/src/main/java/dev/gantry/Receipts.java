package dev.gantry;

import dev.gantry.event.Event;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Config;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Malformed;
import dev.gantry.oci.Manifest;
import dev.gantry.push.Pusher.Stop;
import dev.gantry.source.Artifact;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the receipt of a publish that was read back. */
final class Receipts {
  private static final String REVISION = "org.opencontainers.image.revision";

  private final Wiring wiring;

  Receipts(Wiring wiring) {
    this.wiring = wiring;
  }

  Receipt write(PublishRequest request, Artifact.Whole whole, List<Stop> stops, Instant started)
      throws IOException, InterruptedException {
    var config = config(whole);
    var deliveries = new ArrayList<Receipt.Delivery>();
    for (var stop : stops) {
      deliveries.add(delivery(stop, whole));
    }
    var revision =
        Optional.ofNullable(whole.root().annotations().get(REVISION))
            .or(() -> config.flatMap(one -> Optional.ofNullable(one.labels().get(REVISION))));
    return new Receipt(
        wiring.around().standin().map(Surroundings.Standin::kind),
        request.source().toString(),
        whole.root().descriptor(),
        whole.platforms(),
        whole.blobs().stream().mapToLong(Descriptor::size).sum()
            + whole.manifests().stream().mapToLong(manifest -> manifest.raw().size()).sum(),
        deliveries,
        started,
        wiring.clock().instant(),
        revision,
        config.map(one -> run(one, deliveries.getFirst().references().getFirst())));
  }

  private Receipt.Delivery delivery(Stop stop, Artifact.Whole whole) throws InterruptedException {
    var tags = new ArrayList<Receipt.Pointed>();
    stop.survey().tags().forEach((tag, from) -> tags.add(new Receipt.Pointed(tag, from)));
    return new Receipt.Delivery(
        stop.target().repository(),
        tags,
        stop.count(Event.How.SENT),
        stop.count(Event.How.MOUNTED),
        stop.count(Event.How.PRESENT),
        stop.bytesSent(),
        wiring.credential(stop.target().repository()).source(),
        anonymous(stop, whole));
  }

  /** One look without credentials: a registry that refuses it shows the image to nobody else. */
  private Receipt.Anonymous anonymous(Stop stop, Artifact.Whole whole) throws InterruptedException {
    try {
      return wiring
              .strangers()
              .source(stop.target().repository())
              .hasManifest(whole.root().digest())
          ? Receipt.Anonymous.YES
          : Receipt.Anonymous.NO;
    } catch (PublishException e) {
      return e.failure() instanceof dev.gantry.failure.Failure.Rejected
          ? Receipt.Anonymous.NO
          : Receipt.Anonymous.UNKNOWN;
    }
  }

  /** The config of the first image that has one; an artifact that is no image has none. */
  private static Optional<Config> config(Artifact.Whole whole) throws IOException {
    for (var manifest : whole.manifests()) {
      if (manifest instanceof Manifest.Image image
              && image.config().mediaType().value().endsWith("image.config.v1+json")
          || manifest instanceof Manifest.Image docker
              && docker.config().mediaType().value().endsWith("container.image.v1+json")) {
        var config = ((Manifest.Image) manifest).config();
        try {
          return Optional.of(Config.parse(whole.content().bytes(config, Manifest.LARGEST)));
        } catch (Malformed _) {
          return Optional.empty(); // the registry took it; it only cannot say how to run it
        }
      }
    }
    return Optional.empty();
  }

  /** {@code docker run} with the image's own ports and volumes. */
  private static String run(Config config, String reference) {
    var line = new StringBuilder("docker run --rm");
    for (var port : config.ports()) {
      var number = port.replaceFirst("/tcp$", "");
      line.append(" -p ").append(number.replaceFirst("/udp$", "")).append(':').append(number);
    }
    for (var volume : config.volumes()) {
      var name = volume.replaceFirst("^.*/", "");
      line.append(" -v ").append(name.isEmpty() ? "data" : name).append(':').append(volume);
    }
    return line.append(' ').append(reference).toString();
  }
}
