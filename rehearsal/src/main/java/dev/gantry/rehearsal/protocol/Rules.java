package dev.gantry.rehearsal.protocol;

import dev.gantry.rehearsal.store.Digest;
import dev.gantry.rehearsal.store.StoredManifest;
import java.util.Optional;

/** What a registry demands beyond the specification. Every question is asked before the change. */
public interface Rules {
  /** No demands. */
  Rules NONE = new Rules() {};

  /** Asked for every request, before anything else is looked at. */
  default void request(Asked asked, Access access) throws Refusal {}

  /** Asked before a blob of this size is taken in; for a session, with what it has so far. */
  default void blob(String repository, long size) throws Refusal {}

  /** Asked with the Content-Type of a manifest, before its bytes are looked at. */
  default void mediaType(String mediaType) throws Refusal {}

  /** Asked before a manifest is taken in. */
  default void manifest(String repository, StoredManifest manifest) throws Refusal {}

  /** Asked before a tag is pointed, moved or removed. */
  default void tag(String repository, String tag, Optional<Digest> from, Optional<Digest> to)
      throws Refusal {}
}
