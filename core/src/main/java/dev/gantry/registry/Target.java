package dev.gantry.registry;

import dev.gantry.event.Event;
import dev.gantry.failure.Failure;
import dev.gantry.http.Body;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.Repository;
import dev.gantry.oci.Tag;
import dev.gantry.source.Content;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * One repository that can be read and written. Every method may throw {@link
 * dev.gantry.failure.PublishException}; what is merely not there is an empty answer and no failure.
 */
public interface Target {
  Repository repository();

  /** The same repository for another part of the walk, which is then named in its failures. */
  Target at(Failure.Stage stage);

  /** Whether this blob is in the repository. */
  boolean has(Descriptor blob) throws InterruptedException;

  /** Whether a manifest of this digest is in the repository. */
  boolean hasManifest(Digest digest) throws InterruptedException;

  /** Where a tag stands; empty if there is no such tag, or no such repository. */
  Optional<Digest> resolve(Tag tag) throws InterruptedException;

  /** The manifest a tag points at. */
  Optional<Manifest> manifest(Tag tag) throws InterruptedException;

  /** A manifest by digest, its bytes checked against it. */
  Optional<Manifest> manifest(Digest digest) throws InterruptedException;

  /**
   * The bytes of a blob. Their digest and size are checked while they pass, the end of the stream
   * being reached only if both are right; a broken connection is taken up where it broke.
   */
  InputStream open(Descriptor blob) throws InterruptedException;

  /**
   * Puts a blob there: by a mount from the first of {@code from} that works, else by sending it.
   *
   * @param content all of the blob's bytes; it is opened as often as needed and not at all if the
   *     mount works
   * @return how it came to be there
   */
  Event.How put(Descriptor blob, Body content, List<Repository> from) throws InterruptedException;

  /** The same with the bytes that the content has for it. */
  default Event.How put(Descriptor blob, Content content, List<Repository> from)
      throws InterruptedException {
    return put(blob, content.body(blob), from);
  }

  /** Takes a blob over from another repository of the registry; false if that did not work. */
  boolean mount(Descriptor blob, Repository from) throws InterruptedException;

  /** Puts a manifest there by its digest, byte for byte. */
  void put(Manifest manifest) throws InterruptedException;

  /** Lets a tag point at a manifest; the manifest is put there by this as well. */
  void point(Tag tag, Manifest manifest) throws InterruptedException;

  /**
   * Removes one tag, and no other tag of the same manifest; nothing happens if it is not there.
   *
   * @throws dev.gantry.failure.PublishException where the registry has no way to do that
   */
  void delete(Tag tag) throws InterruptedException;

  /** Removes a manifest and with it every tag that points at it; false if it was not there. */
  boolean delete(Digest manifest) throws InterruptedException;

  /** All tags, in the registry's order; none if there is no such repository. */
  List<Tag> tags() throws InterruptedException;

  /** Manifests whose subject is this digest; none where nothing is known of any. */
  List<Descriptor> referrers(Digest subject) throws InterruptedException;
}
