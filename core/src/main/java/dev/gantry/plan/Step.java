package dev.gantry.plan;

import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.Repository;
import dev.gantry.oci.Tag;
import java.util.List;
import java.util.Optional;

/** One thing that will be done in one repository. */
public sealed interface Step {

  /** The blob is there already. */
  record Keep(Descriptor blob) implements Step {}

  /** The blob is taken over from another repository of the registry, or sent if none gives it. */
  record Mount(Descriptor blob, List<Repository> from) implements Step {
    public Mount {
      from = List.copyOf(from);
    }
  }

  /** The blob is sent. */
  record Send(Descriptor blob) implements Step {}

  /**
   * The layer is compressed, and sent unless it turns out to be there.
   *
   * @param atMost bytes that it can have when it is compressed
   */
  record Compress(Digest diffId, long atMost) implements Step {}

  /** The manifest is put there by its digest. */
  record Commit(Manifest manifest) implements Step {}

  /**
   * A tag is moved.
   *
   * @param to empty as long as layers have to be compressed first
   */
  record Point(Tag tag, Optional<Digest> from, Optional<Digest> to) implements Step {
    /** Whether the tag stands there already. */
    public boolean stands() {
      return to.isPresent() && from.equals(to);
    }
  }
}
