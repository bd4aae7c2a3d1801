package dev.gantry.source;

import dev.gantry.failure.PublishException;
import dev.gantry.http.Body;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Content whose every blob has a place on this machine. Places may be added by any thread. */
final class Blobs implements Content {

  /** Where a blob's bytes are to be had. */
  sealed interface Place {
    /** As they are, in a file. */
    record InFile(Region region) implements Place {}

    /** In memory; configs are. */
    record InMemory(Bytes bytes) implements Place {}

    /** In the cache, which made them and may make them again. */
    record Cached(Region region, BlobCache cache) implements Place {}

    /** Uncompressed: they are compressed at each reading, for want of room to keep them. */
    record ToCompress(Region tar, Executor executor) implements Place {}
  }

  private final String where;
  private final Map<Digest, Place> places = new ConcurrentHashMap<>();
  private final Map<Path, Boolean> spooled = new ConcurrentHashMap<>();

  /** Nothing yet; {@code where} names the source in messages. */
  Blobs(String where) {
    this.where = where;
  }

  void add(Digest digest, Place place) {
    places.put(digest, place);
  }

  /** A file to be removed when the content is closed. */
  void spooled(Path file) {
    spooled.put(file, Boolean.TRUE);
  }

  String where() {
    return where;
  }

  private Place place(Descriptor blob) {
    var place = places.get(blob.digest());
    if (place == null) {
      throw Refusal.of(
          "content.blob-unknown",
          "there is no blob " + blob.digest(),
          where,
          "make the image again, whole");
    }
    return place;
  }

  @Override
  public InputStream open(Descriptor blob) throws IOException {
    var place = place(blob);
    try {
      var in =
          switch (place) {
            case Place.InFile(var region) -> region.open();
            case Place.InMemory(var bytes) -> new ByteArrayInputStream(bytes.toArray());
            case Place.Cached(var region, _) -> region.open();
            case Place.ToCompress(var tar, var executor) ->
                new GzipBlocks(tar.open(), executor, _ -> {});
          };
      return new Checked(in, blob, name(place, blob));
    } catch (NoSuchFileException e) {
      throw Refusal.missing(
          "the blob " + blob.digest() + " has gone while it was needed",
          e.getFile(),
          "run this again");
    }
  }

  private String name(Place place, Descriptor blob) {
    return switch (place) {
      case Place.InFile(var region) -> region.file().toString();
      case Place.Cached(var region, _) -> region.file().toString();
      case Place.InMemory _, Place.ToCompress _ -> where + ", " + blob.digest();
    };
  }

  @Override
  public Body body(Descriptor blob) {
    return switch (place(blob)) {
      case Place.InFile(var region) -> fileRegion(region);
      case Place.Cached(var region, _) -> fileRegion(region);
      case Place.InMemory _, Place.ToCompress _ ->
          new Body.Stream(() -> open(blob), OptionalLong.of(blob.size()));
    };
  }

  private static Body fileRegion(Region region) {
    return new Body.FileRegion(region.file(), region.offset(), region.size());
  }

  @Override
  public void check(Descriptor blob) throws IOException {
    try {
      Content.super.check(blob);
    } catch (PublishException wrong) {
      if (place(blob) instanceof Place.Cached(_, var cache)) {
        cache.forget(blob.digest());
      }
      throw wrong;
    }
  }

  @Override
  public void close() {
    spooled.keySet().forEach(BlobCache::forget);
    spooled.clear();
  }
}
