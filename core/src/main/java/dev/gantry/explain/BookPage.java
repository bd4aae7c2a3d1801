package dev.gantry.explain;

import dev.gantry.explain.log.Facts;
import dev.gantry.explain.log.Observation;
import dev.gantry.failure.Evidence;
import dev.gantry.rules.Book;
import dev.gantry.rules.Place;
import dev.gantry.rules.RecordedAnswer;
import dev.gantry.rules.RegistryRules;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What the registry book knows of the registry that a failure is about: which of its recorded
 * answers this was and what that means there, and where things are set right.
 */
final class BookPage {
  private static final class Held {
    private static final Book BOOK = Book.open();
  }

  private BookPage() {}

  /** The page of the first kind among the facts that the book has. */
  static Optional<RegistryRules> of(Facts facts) {
    return facts.all("registry").stream()
        .filter(kind -> Held.BOOK.kind(kind).isPresent())
        .findFirst()
        .map(Held.BOOK::rules);
  }

  /**
   * The recorded answers that this one is, each as an observation whose fact {@code book} is the
   * cause that the book gives; {@code shared} counts the causes that the same words stand for.
   */
  static List<Observation> said(Evidence.Answer answer, Facts facts) {
    var page = of(facts);
    if (page.isEmpty()) {
      return List.of();
    }
    var step = step(facts);
    var same =
        page.get().answers().stream()
            .filter(recorded -> recorded.step().equals(step) || recorded.step().equals("any"))
            .filter(recorded -> recorded.matches(answer))
            .filter(recorded -> !recorded.cause().equals("other"))
            .toList();
    var causes = same.stream().map(RecordedAnswer::cause).distinct().count();
    return same.stream()
        .map(recorded -> observation(page.get(), recorded, causes == 1))
        .distinct()
        .toList();
  }

  private static Observation observation(
      RegistryRules page, RecordedAnswer recorded, boolean alone) {
    var text = recorded.means().orElse("recorded there as " + recorded.when());
    var own = new Facts().add("book", recorded.cause()).add("book.alone", alone ? "yes" : "no");
    var where = "registry book, " + page.name();
    return new Observation(where, 0, text, "", new BitSet(), own, new Facts(), false);
  }

  /** The book's word for the request. */
  private static String step(Facts facts) {
    var method = facts.first("method").orElse("");
    return switch (facts.first("endpoint").orElse("")) {
      case "upload" ->
          switch (method) {
            case "PUT" -> "upload-close";
            case "PATCH" -> "upload-chunk";
            case "GET" -> "upload-status";
            case "DELETE" -> "upload-cancel";
            default -> "upload-open";
          };
      case "manifest" ->
          switch (method) {
            case "PUT" -> "manifest-put";
            case "DELETE" -> "manifest-delete";
            default -> "manifest-get";
          };
      case "blob" -> method.equals("DELETE") ? "blob-delete" : "blob-get";
      case "token" -> "token";
      case "list" -> "tags-list";
      default -> "any";
    };
  }

  /** Where a cause is set right at this registry. */
  static List<Remedy> places(String cause, Facts facts) {
    return of(facts).stream()
        .flatMap(page -> page.places(cause).stream().map(place -> remedy(page, place)))
        .toList();
  }

  private static Remedy remedy(RegistryRules page, Place place) {
    return new Remedy(
        new Words(
            page.name() + ": " + place.where(),
            page.name() + ": " + place.whereInChinese().orElse(place.where())),
        place.run().or(place::url));
  }
}
