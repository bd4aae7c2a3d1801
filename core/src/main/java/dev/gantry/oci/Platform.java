package dev.gantry.oci;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The machine an image is for (image-spec, image-index.md, "platform"). */
public record Platform(
    String os, String architecture, Optional<String> variant, Optional<String> osVersion) {

  /** Reads {@code os/architecture[/variant]}, as {@code linux/arm64/v8}. */
  public static Platform parse(String text) {
    var parts = text.split("/", -1);
    if (parts.length < 2 || parts.length > 3 || List.of(parts).contains("")) {
      throw new Malformed("a platform has the form os/architecture[/variant]", text);
    }
    return new Platform(
        parts[0],
        parts[1],
        parts.length == 3 ? Optional.of(parts[2]) : Optional.empty(),
        Optional.empty());
  }

  /** Reads the {@code platform} object of a descriptor, or the like-named members of a config. */
  public static Optional<Platform> read(Json.Obj json) {
    var os = json.text("os");
    var architecture = json.text("architecture");
    if (os.isEmpty() || architecture.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Platform(
            os.get(),
            architecture.get(),
            json.text("variant").filter(v -> !v.isEmpty()),
            json.text("os.version").filter(v -> !v.isEmpty())));
  }

  /** Whether an image for {@code this} is what somebody who asks for {@code wanted} means. */
  public boolean serves(Platform wanted) {
    return os.equals(wanted.os)
        && architecture.equals(wanted.architecture)
        && (wanted.variant.isEmpty() || plainVariant().equals(wanted.plainVariant()))
        && (wanted.osVersion.isEmpty() || osVersion.equals(wanted.osVersion));
  }

  /** arm64 without a variant is v8 (containerd's platforms.Normalize). */
  private Optional<String> plainVariant() {
    return architecture.equals("arm64") && variant.isEmpty() ? Optional.of("v8") : variant;
  }

  @Override
  public String toString() {
    var parts = new ArrayList<String>(List.of(os, architecture));
    variant.ifPresent(parts::add);
    return String.join("/", parts);
  }
}
