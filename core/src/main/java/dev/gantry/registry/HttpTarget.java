package dev.gantry.registry;

import dev.gantry.event.Event;
import dev.gantry.failure.Failure;
import dev.gantry.http.Body;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.Repository;
import dev.gantry.oci.Tag;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A repository behind the distribution protocol. Reading is told as the stage this target is {@link
 * #at}; writing as the stage it belongs to by its nature.
 *
 * @param way how a tag is removed where the protocol has no way for it, in words for people
 */
record HttpTarget(Line line, Optional<String> way) implements Target {

  @Override
  public Repository repository() {
    return line.repository();
  }

  @Override
  public Target at(Failure.Stage stage) {
    return new HttpTarget(line.at(stage), way);
  }

  @Override
  public boolean has(Descriptor blob) throws InterruptedException {
    return new Blobs(line).has(blob);
  }

  @Override
  public boolean hasManifest(Digest digest) throws InterruptedException {
    return new Manifests(line).head(digest.toString()).isPresent();
  }

  @Override
  public Optional<Digest> resolve(Tag tag) throws InterruptedException {
    return new Manifests(line).head(tag.value());
  }

  @Override
  public Optional<Manifest> manifest(Tag tag) throws InterruptedException {
    return new Manifests(line).get(tag.value());
  }

  @Override
  public Optional<Manifest> manifest(Digest digest) throws InterruptedException {
    return new Manifests(line).get(digest);
  }

  @Override
  public InputStream open(Descriptor blob) throws InterruptedException {
    return new Blobs(line).open(blob);
  }

  @Override
  public Event.How put(Descriptor blob, Body content, List<Repository> from)
      throws InterruptedException {
    return new Upload(line.at(Failure.Stage.UPLOAD), blob).put(content, from);
  }

  @Override
  public boolean mount(Descriptor blob, Repository from) throws InterruptedException {
    return new Upload(line.at(Failure.Stage.UPLOAD), blob).mount(from);
  }

  @Override
  public void put(Manifest manifest) throws InterruptedException {
    put(line.at(Failure.Stage.COMMIT), manifest.digest().toString(), manifest);
  }

  @Override
  public void point(Tag tag, Manifest manifest) throws InterruptedException {
    put(line.at(Failure.Stage.POINT), tag.value(), manifest);
  }

  private static void put(Line line, String reference, Manifest manifest)
      throws InterruptedException {
    var listed = new Manifests(line).put(reference, manifest);
    if (manifest.subject().isPresent() && !listed) {
      new Referrers(line).add(manifest.subject().get().digest(), manifest);
    }
  }

  @Override
  public void delete(Tag tag) throws InterruptedException {
    new TagRemoval(line.at(Failure.Stage.POINT), way).remove(tag);
  }

  @Override
  public boolean delete(Digest manifest) throws InterruptedException {
    try (var reply = new Manifests(line.at(Failure.Stage.POINT)).delete(manifest.toString())) {
      if (!reply.ok() && reply.status() != 404) {
        throw reply.rejected();
      }
      return reply.ok();
    }
  }

  @Override
  public List<Tag> tags() throws InterruptedException {
    return new Tags(line).all();
  }

  @Override
  public List<Descriptor> referrers(Digest subject) throws InterruptedException {
    return new Referrers(line).of(subject);
  }
}
