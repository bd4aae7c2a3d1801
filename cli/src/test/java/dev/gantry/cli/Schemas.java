package dev.gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.gantry.build.Repo;

/** The published schemas of what {@code --json} prints. */
public final class Schemas {
  private Schemas() {}

  /** Holds a document against {@code docs/schemas/NAME.json}. */
  public static void hold(String name, String document) {
    var schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Repo.text(Repo.ROOT.resolve("docs/schemas/" + name + ".json")));
    assertThat(document.strip().lines()).as("one line").hasSize(1);
    assertThat(schema.validate(document, InputFormat.JSON)).as(document).isEmpty();
  }
}
