package dev.gantry.source;

import dev.gantry.oci.Platform;
import java.io.IOException;
import java.util.Optional;

/** Opens the sources of this machine. */
public interface Sources {

  /**
   * Reads what there is to be known without reading the layers. Sizes are checked, so that a blob
   * that was cut off is told now.
   *
   * @param platform which image of an index; without one all are taken
   * @throws dev.gantry.failure.PublishException when the source is not there or is no image
   */
  Artifact read(Source.Local source, Optional<Platform> platform)
      throws IOException, InterruptedException;
}
