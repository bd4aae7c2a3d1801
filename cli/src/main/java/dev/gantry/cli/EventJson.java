package dev.gantry.cli;

import dev.gantry.event.Event;
import dev.gantry.oci.Json;
import java.util.Locale;

/** Events as documents for programs, one a line. */
final class EventJson {
  private EventJson() {}

  static Json.Obj of(Event event) {
    return switch (event) {
      case Event.Reached(var stage, var text) ->
          named("reached").with("stage", stage).with("text", text);
      case Event.BlobStarted(var to, var blob) ->
          named("blob-started")
              .with("to", to.toString())
              .with("digest", blob.digest().toString())
              .with("size", new Json.Num(blob.size()));
      case Event.BlobAdvanced(var to, var blob, var bytes) ->
          named("blob-advanced")
              .with("to", to.toString())
              .with("digest", blob.digest().toString())
              .with("bytes", new Json.Num(bytes))
              .with("size", new Json.Num(blob.size()));
      case Event.BlobDone(var to, var blob, var how) ->
          named("blob-done")
              .with("to", to.toString())
              .with("digest", blob.digest().toString())
              .with("how", how.name().toLowerCase(Locale.ROOT));
      case Event.ManifestDone(var to, var digest) ->
          named("manifest-done").with("to", to.toString()).with("digest", digest.toString());
      case Event.TagMoved(var in, var tag, var from, var to) -> {
        var moved = named("tag-moved").with("in", in.toString()).with("tag", tag.toString());
        yield from.map(old -> moved.with("from", old.toString()))
            .orElse(moved)
            .with("to", to.toString());
      }
      case Event.Retrying(var method, var url, var attempt, var pause, var why) ->
          named("retrying")
              .with("method", method)
              .with("url", url)
              .with("attempt", new Json.Num(attempt))
              .with("pause-ms", new Json.Num(pause.toMillis()))
              .with("why", why);
      case Event.Compressing(var diffId, var bytes, var total) ->
          named("compressing")
              .with("diff-id", diffId.toString())
              .with("bytes", new Json.Num(bytes))
              .with("total", new Json.Num(total));
      case Event.Noticed(var text) -> named("noticed").with("text", text);
    };
  }

  private static Json.Obj named(String event) {
    return Json.object().with("event", event);
  }
}
