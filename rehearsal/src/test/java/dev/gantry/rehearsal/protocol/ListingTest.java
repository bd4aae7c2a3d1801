package dev.gantry.rehearsal.protocol;

import static dev.gantry.rehearsal.Client.IMAGE;
import static dev.gantry.rehearsal.Client.INDEX;
import static dev.gantry.rehearsal.Client.bytes;
import static dev.gantry.rehearsal.Client.digest;
import static dev.gantry.rehearsal.Client.image;
import static dev.gantry.rehearsal.Client.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.gantry.rehearsal.Client;
import dev.gantry.rehearsal.Rehearsal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists of tags, repositories and referrers (distribution-spec, "Content Discovery"). */
class ListingTest {
  private Rehearsal registry;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    registry = Rehearsal.start();
    client = new Client(registry.uri());
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    registry.close();
  }

  private List<String> names(String target, String member) throws Exception {
    var names = new ArrayList<String>();
    var json = JsonParser.parseString(text(client.get(target))).getAsJsonObject();
    json.getAsJsonArray(member).forEach(name -> names.add(name.getAsString()));
    return names;
  }

  @Test
  void tagsComeInPages() throws Exception {
    for (var tag : new String[] {"b", "a", "B", "d", "c"}) {
      var _ = client.pushImage("a/b", tag, "layer");
    }
    assertThat(names("/v2/a/b/tags/list", "tags")).containsExactly("B", "a", "b", "c", "d");
    var all = new ArrayList<String>();
    var next = "/v2/a/b/tags/list?n=2";
    int pages = 0;
    while (!next.isEmpty()) {
      all.addAll(names(next, "tags"));
      var link = client.get(next).headers().firstValue("Link");
      next = link.map(text -> text.substring(1, text.indexOf('>'))).orElse("");
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(all).containsExactly("B", "a", "b", "c", "d");
    assertThat(names("/v2/a/b/tags/list?last=b", "tags")).containsExactly("c", "d");
    assertThat(names("/v2/a/b/tags/list?last=bb&n=1", "tags")).containsExactly("c");
  }

  @Test
  void zeroTagsAreAnEmptyListWithoutALink() throws Exception {
    var _ = client.pushImage("a/b", "v1", "layer");
    var answer = client.get("/v2/a/b/tags/list?n=0");
    assertThat(text(answer)).isEqualTo("{\"name\":\"a/b\",\"tags\":[]}");
    assertThat(answer.headers().firstValue("Link")).isEmpty();
    assertThat(client.get("/v2/a/b/tags/list?n=-1").statusCode()).isEqualTo(400);
  }

  @Test
  void theCatalogComesInPages() throws Exception {
    for (var name : new String[] {"c/d", "a", "b/b"}) {
      var _ = client.push(name, bytes("x"));
    }
    assertThat(names("/v2/_catalog", "repositories")).containsExactly("a", "b/b", "c/d");
    assertThat(names("/v2/_catalog?n=1&last=a", "repositories")).containsExactly("b/b");
    assertThat(client.get("/v2/_catalog?n=1&last=a").headers().firstValue("Link"))
        .contains("</v2/_catalog?n=1&last=b%2Fb>; rel=\"next\"");
  }

  @Test
  void referrersAreListedAndFiltered() throws Exception {
    var subject = client.pushImage("a/b", "v1", "layer");
    var sbom = referrer(subject, "\"artifactType\":\"application/vnd.example.sbom\",");
    var plain = referrer(subject, "");
    for (var manifest : List.of(sbom, plain)) {
      var answer = client.putManifest("a/b", digest(bytes(manifest)), IMAGE, manifest);
      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(answer.headers().firstValue("OCI-Subject")).contains(subject);
    }
    var all = client.get("/v2/a/b/referrers/" + subject);
    assertThat(all.headers().firstValue("Content-Type")).contains(INDEX);
    assertThat(text(all))
        .contains("\"digest\":\"" + digest(bytes(sbom)) + '"')
        .contains("\"digest\":\"" + digest(bytes(plain)) + '"')
        .contains("\"artifactType\":\"application/vnd.oci.image.config.v1+json\"")
        .contains("\"annotations\":{\"made\":\"here\"}");
    assertThat(all.headers().firstValue("OCI-Filters-Applied")).isEmpty();
    var some =
        client.get("/v2/a/b/referrers/" + subject + "?artifactType=application/vnd.example.sbom");
    assertThat(some.headers().firstValue("OCI-Filters-Applied")).contains("artifactType");
    assertThat(text(some)).contains(digest(bytes(sbom))).doesNotContain(digest(bytes(plain)));
  }

  @Test
  void nobodyRefersToWhatIsNotThere() throws Exception {
    var answer = client.get("/v2/no/where/referrers/" + digest(bytes("nothing")));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(text(answer)).contains("\"manifests\":[]");
  }

  private static String referrer(String subject, String extra) {
    return image("layer")
        .replaceFirst(
            "\\{",
            "{"
                + extra
                + "\"annotations\":{\"made\":\"here\"},\"subject\":{\"mediaType\":\""
                + IMAGE
                + "\",\"digest\":\""
                + subject
                + "\",\"size\":1},");
  }
}
