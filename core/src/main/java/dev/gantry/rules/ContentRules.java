package dev.gantry.rules;

import dev.gantry.oci.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Content that a kind of registry does not take: too large, or of a type it does not know. */
final class ContentRules {
  /** Bytes a second that few lines out of a build machine exceed for long. */
  private static final long BRISK = 10_000_000;

  private ContentRules() {}

  static List<Finding> check(ArtifactFacts facts, RegistryRules rules) {
    var findings = new ArrayList<Finding>();
    sizes(facts, rules, findings);
    types(facts, rules, findings);
    return findings;
  }

  private static void sizes(ArtifactFacts facts, RegistryRules rules, List<Finding> findings) {
    var limits = rules.limits();
    limits
        .layerBytes()
        .or(limits::bodyBytes)
        .ifPresent(most ->
            facts.blobs().stream()
                .filter(blob -> !blob.foreign() && blob.bytes() > most.value())
                .map(blob -> large("the layer has ", blob, most, rules, "split the layer"))
                .forEach(findings::add));
    limits
        .manifestBytes()
        .ifPresent(most ->
            facts.manifests().stream()
                .filter(manifest -> manifest.bytes() > most.value())
                .map(manifest ->
                    large(
                        "the manifest has ",
                        manifest,
                        most,
                        rules,
                        "make fewer layers or shorter annotations"))
                .forEach(findings::add));
    limits
        .imageBytes()
        .filter(most -> facts.bytes() > most.value())
        .ifPresent(most ->
            findings.add(
                large(
                    "the image has ",
                    new ArtifactFacts.Part("", facts.root(), facts.bytes()),
                    most,
                    rules,
                    "make the image smaller")));
    limits.uploadSeconds().flatMap(seconds -> slow(facts, seconds, rules)).ifPresent(findings::add);
  }

  private static Finding large(
      String what, ArtifactFacts.Part part, Fact<Long> most, RegistryRules rules, String todo) {
    return new Finding(
        "policy.size-limit",
        most.weight(),
        what + part.bytes() + " bytes, and " + most.value() + " is the most at " + rules.name(),
        part.name(),
        todo,
        Optional.empty(),
        most.backing().source());
  }

  private static Optional<Finding> slow(
      ArtifactFacts facts, Fact<Long> seconds, RegistryRules rules) {
    return ArtifactFacts.largest(facts.blobs())
        .filter(blob -> blob.bytes() / seconds.value() > BRISK)
        .map(blob ->
            new Finding(
                "policy.size-limit",
                Finding.Weight.WARNS,
                rules.name()
                    + " ends an upload after "
                    + seconds.value()
                    + " s: the layer of "
                    + blob.bytes()
                    + " bytes needs "
                    + blob.bytes() / seconds.value() / 1_000_000
                    + " MB/s",
                blob.name(),
                "split the layer, or push from a machine with a faster line",
                Optional.empty(),
                seconds.backing().source()));
  }

  private static void types(ArtifactFacts facts, RegistryRules rules, List<Finding> findings) {
    var content = rules.content();
    facts.manifests().stream()
        .filter(manifest -> refused(content.index(), manifest.type().isIndex()))
        .findFirst()
        .ifPresent(index ->
            findings.add(
                unfit(
                    index,
                    content.index(),
                    rules.name() + " takes no index of several platforms",
                    "push one platform (--platform), without attestations")));
    facts.manifests().stream()
        .filter(manifest -> refused(content.attestations(), manifest.attestation()))
        .findFirst()
        .ifPresent(attestation ->
            findings.add(
                unfit(
                    attestation,
                    content.attestations(),
                    rules.name() + " takes no attestations",
                    "build with --provenance=false --sbom=false")));
    facts.manifests().stream()
        .filter(manifest -> refused(content.docker(), isDocker(manifest.type())))
        .findFirst()
        .ifPresent(manifest ->
            findings.add(
                unfit(
                    manifest,
                    content.docker(),
                    rules.name() + " takes OCI manifests, and this is of Docker's type",
                    "build with OCI media types (oci-mediatypes=true)")));
    facts.blobs().stream()
        .filter(blob -> refused(content.foreign(), blob.foreign()))
        .findFirst()
        .ifPresent(blob ->
            findings.add(
                unfit(
                    blob,
                    content.foreign(),
                    rules.name() + " takes no layers that are kept elsewhere",
                    "ask its owner to allow the place, or use a base image without them")));
  }

  private static boolean refused(Optional<Fact<Boolean>> taken, boolean there) {
    return there && taken.filter(fact -> !fact.value()).isPresent();
  }

  private static boolean isDocker(MediaType type) {
    return type.equals(MediaType.DOCKER_MANIFEST) || type.equals(MediaType.DOCKER_LIST);
  }

  private static Finding unfit(
      ArtifactFacts.Part part, Optional<Fact<Boolean>> fact, String what, String todo) {
    var known = fact.orElseThrow();
    return new Finding(
        "policy.unsupported-media-type",
        known.weight(),
        what + known.unless().map(set -> " unless " + set).orElse(""),
        part.name(),
        todo,
        Optional.empty(),
        known.backing().source());
  }
}
