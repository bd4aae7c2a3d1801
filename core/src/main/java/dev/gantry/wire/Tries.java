package dev.gantry.wire;

import dev.gantry.event.Event;
import dev.gantry.failure.Evidence;
import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One thing that is tried until it works or patience ends: it counts the faults, decides whether
 * another go is worth it, tells so, and waits. Used by one thread at a time.
 *
 * <p>Worth another go are faults of the connection and the statuses 408, 429, 500, 502, 503, 504
 * and 521 to 524 (Cloudflare's 5xx for an origin that does not answer). A host that never answered
 * in this run is tried three times within five seconds: a wrong name should not cost minutes.
 */
public final class Tries {
  private static final Set<Integer> PASSING =
      Set.of(408, 429, 500, 502, 503, 504, 521, 522, 523, 524);
  private static final Pattern PASSING_PROXY = Pattern.compile("\\b50[234]\\b");
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int STRANGER = 3;
  private static final Duration STRANGER_TIME = Duration.ofSeconds(5);

  private final Gates gates;
  private final Terms terms;
  private int number = 1;
  private int faults;
  private Optional<Instant> since = Optional.empty();

  public Tries(Gates gates, Terms terms) {
    this.gates = gates;
    this.terms = terms;
  }

  /** Which try this is, counted from 1. */
  public int number() {
    return number;
  }

  /** Something was achieved since the last fault: patience begins anew. */
  public void progressed() {
    faults = 0;
    since = Optional.empty();
  }

  /** Whether a status is one that passes by itself. */
  public static boolean passing(int status) {
    return PASSING.contains(status);
  }

  /** Waits and says true if the call that got this reply should be made again. */
  public boolean again(Reply reply) throws InterruptedException {
    return passing(reply.status()) && again(reply.call(), reply.evidence());
  }

  /** Waits and says true if a call that failed so should be made again. */
  public boolean again(Call call, PublishException failed) throws InterruptedException {
    return switch (failed.failure()) {
      case Failure.Rejected(_, var evidence) ->
          evidence.answer().filter(answer -> passing(answer.status())).isPresent()
              && again(call, evidence);
      case Failure.Unreachable unreachable -> again(call, unreachable);
      case Failure.OffProtocol _,
          Failure.Refused _,
          Failure.Cancelled _,
          Failure.OutOfTime _,
          Failure.Defect _ ->
          false;
    };
  }

  /** Waits and says true if there is patience left to begin anew after what this reply says. */
  public boolean anew(Reply reply, String why) throws InterruptedException {
    return again(reply.call(), Duration.ZERO, why, false);
  }

  private boolean again(Call call, Evidence evidence) throws InterruptedException {
    var answer = evidence.answer().orElseThrow();
    var date = answer.headers().getOrDefault("date", List.of()).stream().findFirst();
    var asked =
        answer.headers().getOrDefault("retry-after", List.of()).stream()
            .findFirst()
            .flatMap(value -> RetryAfter.read(value, date, terms.clock().instant()));
    return again(call, asked.orElse(Duration.ZERO), "status " + answer.status(), false);
  }

  private boolean again(Call call, Failure.Unreachable fault) throws InterruptedException {
    return switch (fault.why()) {
      case DNS, CONNECT, RESET, TIMEOUT -> again(call, fault, !gates.to(call.url()).answered());
      case PROXY -> PASSING_PROXY.matcher(fault.words()).find() && again(call, fault, true);
      case TLS_TRUST, TLS_OTHER, HTTP_HTTPS -> false;
    };
  }

  private boolean again(Call call, Failure.Unreachable fault, boolean stranger)
      throws InterruptedException {
    var why = fault.why().name().toLowerCase(Locale.ROOT) + ": " + fault.words();
    return again(call, Duration.ZERO, why, stranger);
  }

  private boolean again(Call call, Duration asked, String why, boolean stranger)
      throws InterruptedException {
    var now = terms.clock().instant();
    var first = since.orElse(now);
    since = Optional.of(first);
    faults++;
    var backOff = backOff();
    var wait = asked.compareTo(backOff) > 0 ? asked : backOff;
    var then = now.plus(wait);
    if (!terms.budget().allows(first, then)
        || (stranger && (faults >= STRANGER || then.isAfter(first.plus(STRANGER_TIME))))) {
      return false;
    }
    number++;
    var url = Secrets.of(call).out(call.url()).toString();
    terms.events().accept(new Event.Retrying(call.method(), url, number, wait, why));
    terms.pause().of(wait);
    return true;
  }

  /**
   * Half a second, doubled with every fault up to 30 s, and of that somewhere in the upper half.
   */
  private Duration backOff() {
    var most = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(faults - 1, 10));
    return Duration.ofMillis(most / 2 + terms.random().nextLong(most / 2 + 1));
  }
}
