package dev.gantry.registry;

import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import dev.gantry.oci.Tag;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The tags of a repository, page by page (distribution-spec, end-8). */
record Tags(Line line) {
  /** Tags asked for at a time; the most that ECR gives. */
  private static final int PAGE = 1000;

  List<Tag> all() throws InterruptedException {
    var tags = new LinkedHashSet<Tag>();
    var asked = new HashSet<URI>();
    var page = Optional.of(first(""));
    while (page.isPresent() && asked.add(page.get())) {
      page = read(page.get(), tags);
    }
    return List.copyOf(tags);
  }

  private URI first(String after) {
    var last = after.isEmpty() ? "" : "&last=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
    return line.endpoint().at(line.repository().path() + "/tags/list?n=" + PAGE + last);
  }

  /** Reads one page and says which is next; a page that brings nothing new is the last. */
  private Optional<URI> read(URI page, LinkedHashSet<Tag> tags) throws InterruptedException {
    try (var reply = line.send(line.call("GET", page))) {
      if (reply.status() == 404) {
        return Optional.empty();
      }
      if (!reply.ok()) {
        throw reply.rejected();
      }
      var names = Pages.object(reply).array("tags").map(Json.Arr::texts).orElse(List.of());
      var before = tags.size();
      names.forEach(name -> tag(name).ifPresent(tags::add));
      if (tags.size() == before) {
        return Optional.empty();
      }
      var next = Pages.next(reply, line.endpoint());
      return next.isPresent() || names.size() < PAGE ? next : Optional.of(first(names.getLast()));
    }
  }

  private Optional<Tag> tag(String name) {
    try {
      return Optional.of(new Tag(name));
    } catch (Malformed fault) {
      line.tell("a tag that is none: " + fault.getMessage());
      return Optional.empty();
    }
  }
}
