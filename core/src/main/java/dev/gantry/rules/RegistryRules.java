package dev.gantry.rules;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the book knows of one kind of registry; what is empty is not known, and is not to be
 * guessed. The members are explained in {@code docs/registry-book.md}.
 */
public record RegistryRules(
    String kind,
    String name,
    Optional<Fact<String>> state,
    Optional<Successor> successor,
    PathShape path,
    TagRules tags,
    List<Prerequisite> first,
    Optional<Fact<String>> visibility,
    Optional<Fact<String>> immutability,
    Limits limits,
    List<Rate> rates,
    Auth auth,
    Uploads uploads,
    Content content,
    Deletion deletion,
    Probing probing,
    List<Mark> marks,
    List<RecordedAnswer> answers,
    List<Place> places,
    List<String> unknown) {

  public RegistryRules {
    first = List.copyOf(first);
    rates = List.copyOf(rates);
    marks = List.copyOf(marks);
    answers = List.copyOf(answers);
    places = List.copyOf(places);
    unknown = List.copyOf(unknown);
  }

  /** Whether nothing can be pushed there any more. */
  public boolean retired() {
    return state.filter(fact -> fact.value().equals("retired")).isPresent();
  }

  /** The place where a cause or topic is set right. */
  public List<Place> places(String topic) {
    return places.stream().filter(place -> place.topic().equals(topic)).toList();
  }

  /** What it answers in a situation, the usual wording first. */
  public List<RecordedAnswer> answers(String when) {
    return answers.stream().filter(answer -> answer.when().equals(when)).toList();
  }

  /**
   * What to use instead.
   *
   * @param since the day from which nothing can be pushed, or the end that was announced
   * @param shape a reference in capitals
   */
  public record Successor(Optional<String> since, String shape, String note, Backing backing) {}

  /** Where tags differ from the specification. */
  public record TagRules(
      Optional<Fact<Pattern>> pattern,
      Optional<Fact<String>> rule,
      Optional<Fact<Boolean>> caseSensitive) {}

  /**
   * What has to exist before an image can be pushed.
   *
   * @param what registry, owner, namespace, project, repository or app
   * @param made by-hand, on-push, or setting where a setting decides
   * @param how the command or page that makes it
   */
  public record Prerequisite(
      String what, String made, Optional<String> how, Optional<String> note, Backing backing) {}

  /** Limits in bytes and seconds. */
  public record Limits(
      Optional<Fact<Long>> layerBytes,
      Optional<Fact<Long>> imageBytes,
      Optional<Fact<Long>> manifestBytes,
      Optional<Fact<Long>> bodyBytes,
      Optional<Fact<Long>> chunkMinBytes,
      Optional<Fact<Long>> chunkMaxBytes,
      Optional<Fact<Long>> uploadSeconds) {}

  /** How often something may be done. */
  public record Rate(
      String what,
      Optional<Long> count,
      Optional<Long> seconds,
      Optional<String> note,
      Backing backing) {}

  /**
   * How to sign in. In realm and service {@code {host}} stands for host and port.
   *
   * @param tokenShape jwt, opaque or unscoped
   * @param tokenSeconds how long a token of the registry lasts
   * @param secretSeconds how long the password itself lasts
   */
  public record Auth(
      Optional<Fact<String>> scheme,
      Optional<Fact<String>> realm,
      Optional<Fact<String>> service,
      Optional<Fact<String>> user,
      Optional<Fact<List<String>>> secrets,
      Optional<Fact<String>> helper,
      Optional<Fact<String>> tokenShape,
      Optional<Fact<Long>> tokenSeconds,
      Optional<Fact<Long>> secretSeconds,
      Optional<Fact<Boolean>> tokenMakesRepository,
      Optional<Fact<String>> scope,
      Optional<Fact<String>> pushNeeds,
      Optional<Fact<String>> deleteNeeds) {}

  /**
   * Habits with uploads.
   *
   * @param singlePost the status of a POST that carries the blob: 201 stored, 202 not
   * @param mount yes, no, or option
   * @param order checked, or unchecked where a chunk out of order spoils the blob unnoticed
   * @param afterCut resumes, or lost where a cut chunk ends the session
   * @param cancel the status of DELETE
   * @param leaves nothing, or repository
   */
  public record Uploads(
      Optional<Fact<Long>> singlePost,
      Optional<Fact<String>> mount,
      Optional<Fact<Boolean>> chunks,
      Optional<Fact<String>> order,
      Optional<Fact<String>> afterCut,
      Optional<Fact<Long>> cancel,
      Optional<Fact<String>> cancelNeeds,
      Optional<Fact<String>> leaves,
      Optional<Fact<Long>> sessionHours) {}

  /** What may be stored. */
  public record Content(
      Optional<Fact<Boolean>> docker,
      Optional<Fact<Boolean>> oci,
      Optional<Fact<Boolean>> index,
      Optional<Fact<Boolean>> referrers,
      Optional<Fact<Boolean>> attestations,
      Optional<Fact<Boolean>> foreign,
      Optional<Fact<Boolean>> zstd) {}

  /** The statuses of DELETE, and the way that works. */
  public record Deletion(
      Optional<Fact<Long>> manifest,
      Optional<Fact<Long>> tag,
      Optional<Fact<String>> way,
      Optional<Fact<Long>> restoreDays) {}

  /**
   * Which request tells the most and costs the least.
   *
   * @param push upload-open, token-scope, wrong-digest or none
   * @param exists a request that tells whether a repository or project is there
   */
  public record Probing(Optional<Fact<String>> push, Optional<Fact<String>> exists) {}

  /** How the software is recognised; every pattern that is there must match. */
  public record Mark(
      Optional<Pattern> realm,
      Optional<Pattern> service,
      Optional<String> header,
      Optional<Pattern> value,
      Backing backing) {}
}
