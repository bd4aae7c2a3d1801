package dev.gantry.rehearsal.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.gantry.http.Headers;
import dev.gantry.rehearsal.store.ManifestText;
import dev.gantry.rehearsal.store.Store;
import dev.gantry.rehearsal.store.StoredManifest;
import dev.gantry.rehearsal.store.StoredRepository;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Lists of tags, repositories and referrers, in pages. */
final class Listings {
  /** The most names on a page; distribution's default for the catalog. */
  private static final int LARGEST_PAGE = 1000;

  private static final int REFERRERS_PAGE = 1000;

  private final Supplier<Store> store;
  private final Habits habits;

  Listings(Supplier<Store> store, Habits habits) {
    this.store = store;
    this.habits = habits;
  }

  private record Page(List<String> names, boolean more) {}

  Reply tags(Asked asked, Route.Tags route) throws Refusal {
    var repository =
        store
            .get()
            .repository(route.repository())
            .orElseThrow(() -> Api.unknownRepository(route.repository()));
    var page = page(asked, repository.tags(), Integer.MAX_VALUE);
    var json = new JsonObject();
    json.addProperty("name", route.repository());
    json.add("tags", array(page.names()));
    return Reply.json(200, link(asked, page, "/v2/" + route.repository() + "/tags/list"), json);
  }

  Reply catalog(Asked asked) throws Refusal {
    var page = page(asked, store.get().names(), LARGEST_PAGE);
    var json = new JsonObject();
    json.add("repositories", array(page.names()));
    return Reply.json(200, link(asked, page, "/v2/_catalog"), json);
  }

  private static Page page(Asked asked, List<String> all, int largest) throws Refusal {
    long count = largest;
    var n = asked.query().first("n");
    if (n.isPresent()) {
      count =
          Api.number(n.get())
              .orElseThrow(() ->
                  new Refusal(
                      "page", 400, "PAGINATION_NUMBER_INVALID", "not a number: " + n.get()));
      count = Math.min(count, largest);
    }
    var last = asked.query().first("last");
    var rest =
        last.isEmpty() ? all : all.stream().filter(name -> name.compareTo(last.get()) > 0).toList();
    boolean more = count > 0 && rest.size() > count;
    return new Page(rest.stream().limit(count).toList(), more);
  }

  /** The next page (RFC 8288), if there is one. */
  private static Headers link(Asked asked, Page page, String path) {
    if (!page.more()) {
      return Headers.NONE;
    }
    var last = URLEncoder.encode(page.names().getLast(), StandardCharsets.UTF_8);
    var n = asked.query().first("n").orElse(Integer.toString(LARGEST_PAGE));
    return Headers.of("Link", "<%s?n=%s&last=%s>; rel=\"next\"".formatted(path, n, last));
  }

  private static JsonArray array(List<String> names) {
    var array = new JsonArray();
    names.forEach(array::add);
    return array;
  }

  Reply referrers(Asked asked, Route.Referrers route) throws Refusal {
    if (!habits.referrers()) {
      throw new Refusal("referrers-missing", 404, "UNSUPPORTED", "no such endpoint: referrers");
    }
    var subject = Api.digest(route.digest());
    var type = asked.query().first("artifactType").filter(text -> !text.isEmpty());
    var all =
        store
            .get()
            .repository(route.repository())
            .map((StoredRepository repository) -> repository.referrers(subject))
            .orElse(List.of());
    var last = asked.query().first("last").orElse("");
    var wanted =
        all.stream()
            .filter(manifest -> type.isEmpty() || manifest.artifactType().equals(type))
            .filter(manifest -> manifest.digest().toString().compareTo(last) > 0)
            .toList();
    var page = wanted.stream().limit(REFERRERS_PAGE).toList();
    var headers = Headers.of("Content-Type", ManifestText.OCI_INDEX);
    if (type.isPresent()) {
      headers = headers.plus("OCI-Filters-Applied", "artifactType");
    }
    if (wanted.size() > page.size()) {
      headers = headers.plus("Link", next(route, type, page.getLast()));
    }
    return Reply.json(200, headers, index(page));
  }

  private static String next(Route.Referrers route, Optional<String> type, StoredManifest last) {
    var filter =
        type.map(text -> "&artifactType=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
            .orElse("");
    return "</v2/%s/referrers/%s?last=%s%s>; rel=\"next\""
        .formatted(route.repository(), route.digest(), last.digest(), filter);
  }

  private static JsonObject index(List<StoredManifest> manifests) {
    var listed = new JsonArray();
    for (var manifest : manifests) {
      manifest.listing().ifPresent(text -> listed.add(JsonParser.parseString(text)));
    }
    var json = new JsonObject();
    json.addProperty("schemaVersion", 2);
    json.addProperty("mediaType", ManifestText.OCI_INDEX);
    json.add("manifests", listed);
    return json;
  }
}
