package dev.gantry.plan;

import dev.gantry.oci.Digest;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.Repository;
import dev.gantry.oci.Tag;
import dev.gantry.rules.Finding;
import dev.gantry.source.Artifact;
import dev.gantry.source.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What will be done in one repository, in order, and what is doubtful about it. Pure data.
 *
 * @param root empty as long as layers have to be compressed before it has a name
 * @param steps blobs first, then manifests with children before parents, then tags
 */
public record Plan(
    Repository repository, Optional<Digest> root, List<Step> steps, List<Finding> findings) {

  public Plan {
    steps = List.copyOf(steps);
    findings = List.copyOf(findings);
  }

  /** What to do when a tag stands elsewhere already. */
  public enum Overwrite {
    ALLOWED,
    REFUSED
  }

  /** The plan by what there is to publish and what is there. */
  public static Plan of(
      Artifact artifact, Survey survey, List<Tag> tags, List<Finding> known, Overwrite overwrite) {
    return switch (artifact) {
      case Artifact.Whole whole -> of(whole, survey, tags, known, overwrite);
      case Artifact.Draft draft -> of(draft, survey, tags, known);
    };
  }

  private static Plan of(
      Artifact.Whole whole,
      Survey survey,
      List<Tag> tags,
      List<Finding> known,
      Overwrite overwrite) {
    var steps = new ArrayList<Step>();
    for (var blob : whole.blobs()) {
      var from = survey.holders().getOrDefault(blob.digest(), List.of());
      if (survey.present().contains(blob.digest())) {
        steps.add(new Step.Keep(blob));
      } else if (from.isEmpty()) {
        steps.add(new Step.Send(blob));
      } else {
        steps.add(new Step.Mount(blob, from));
      }
    }
    for (var manifest : whole.manifests()) {
      if (!survey.present().contains(manifest.digest())) {
        steps.add(new Step.Commit(manifest));
      }
    }
    var root = whole.root().digest();
    var findings = new ArrayList<>(known);
    for (var tag : tags) {
      var from = survey.tags().getOrDefault(tag, Optional.empty());
      var point = new Step.Point(tag, from, Optional.of(root));
      steps.add(point);
      if (overwrite == Overwrite.REFUSED && from.isPresent() && !point.stands()) {
        findings.add(taken(survey.repository(), tag, from.get(), root));
      }
    }
    findings.addAll(missing(whole, survey));
    return new Plan(survey.repository(), Optional.of(root), steps, findings);
  }

  private static Plan of(Artifact.Draft draft, Survey survey, List<Tag> tags, List<Finding> known) {
    var steps = new ArrayList<Step>();
    for (var layer : draft.layers()) {
      steps.add(
          switch (layer) {
            case Layer.Known(var blob) ->
                survey.present().contains(blob.digest())
                    ? new Step.Keep(blob)
                    : new Step.Send(blob);
            case Layer.Pending(var diffId, var bound) -> new Step.Compress(diffId, bound);
          });
    }
    for (var tag : tags) {
      steps.add(
          new Step.Point(tag, survey.tags().getOrDefault(tag, Optional.empty()), Optional.empty()));
    }
    return new Plan(survey.repository(), Optional.empty(), steps, known);
  }

  private static Finding taken(Repository repository, Tag tag, Digest stands, Digest root) {
    return new Finding(
        "policy.tag-immutable",
        Finding.Weight.BLOCKS,
        "the tag exists, and it is not to be overwritten",
        repository + ":" + tag + " stands at " + stands + ", and this image is " + root,
        "publish under a new tag, or leave out --no-overwrite",
        Optional.empty(),
        "--no-overwrite");
  }

  /** An index may name manifests that the source does not hold; then the registry must. */
  private static List<Finding> missing(Artifact.Whole whole, Survey survey) {
    return whole.absent().stream()
        .filter(child -> !survey.present().contains(child.digest()))
        .map(child ->
            new Finding(
                "content.blob-unknown",
                Finding.Weight.BLOCKS,
                "the index names a manifest that neither the source nor the registry has",
                child.digest().toString(),
                "take a source that holds every platform, or pick one with --platform",
                Optional.empty(),
                "distribution-spec, pushing manifests with subject and indexes"))
        .toList();
  }

  /** Whether a finding says that it cannot work. */
  public boolean blocked() {
    return findings.stream().anyMatch(Finding::blocks);
  }

  /** Bytes of blobs that go over the wire for sure, if nothing can be mounted. */
  public long bytesToSend() {
    return steps.stream()
        .mapToLong(step ->
            switch (step) {
              case Step.Send(var blob) -> blob.size();
              case Step.Mount(var blob, _) -> blob.size();
              case Step.Keep _, Step.Compress _, Step.Commit _, Step.Point _ -> 0;
            })
        .sum();
  }

  /** The same, with what a layer still to be compressed takes at most. */
  public long bytesAtMost() {
    return bytesToSend()
        + steps.stream()
            .mapToLong(step -> step instanceof Step.Compress(_, var most) ? most : 0)
            .sum();
  }

  /** Manifests to be put there, in waves: those of a wave do not name each other. */
  public List<List<Manifest>> commits() {
    var depth = new java.util.HashMap<Digest, Integer>();
    var waves = new java.util.TreeMap<Integer, List<Manifest>>();
    for (var step : steps) {
      if (step instanceof Step.Commit(var manifest)) {
        int at =
            manifest.children().stream()
                    .mapToInt(child -> depth.getOrDefault(child.digest(), -1))
                    .max()
                    .orElse(-1)
                + 1;
        depth.put(manifest.digest(), at);
        waves.computeIfAbsent(at, _ -> new ArrayList<>()).add(manifest);
      }
    }
    return List.copyOf(waves.values());
  }

  /** Where each tag of the wish stood. */
  public Map<Tag, Optional<Digest>> points() {
    var points = new java.util.LinkedHashMap<Tag, Optional<Digest>>();
    steps.forEach(step -> {
      if (step instanceof Step.Point(var tag, var from, _)) {
        points.put(tag, from);
      }
    });
    return points;
  }
}
