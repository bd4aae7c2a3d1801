package dev.gantry.explain;

import dev.gantry.explain.log.Facts;
import dev.gantry.explain.log.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns what came of a probe into observations: facts whose names begin with {@code probe}, and of
 * a refusal the registry's own words, which go through the table like those of any failure.
 */
final class ProbeReading {
  private ProbeReading() {}

  static List<Observation> observations(Probed.Made made, Facts known) {
    var seen = new ArrayList<Observation>();
    var deciding =
        made.asked().getLast().flaw().isPresent() || made.probe().kind() == Probe.Kind.TOKEN
            ? made.asked().getLast()
            : made.asked().getFirst();
    var own = facts(made, known);
    var where = deciding.request() + " (probe)";
    seen.add(FailureReading.observation(where, "answered " + deciding.answer(), own));
    if (!made.accepted() && made.probe().kind() != Probe.Kind.PING) {
      seen.addAll(refusal(made, deciding, known));
    }
    return seen;
  }

  /** The registry's own words. Of a fresh name beside they say nothing about the package itself. */
  private static List<Observation> refusal(Probed.Made made, Probed.Asked deciding, Facts known) {
    if (made.probe().kind() == Probe.Kind.OPEN_UPLOAD_BESIDE) {
      return List.of();
    }
    return FailureReading.observations(deciding.refusal(), known).observations();
  }

  private static Facts facts(Probed.Made made, Facts known) {
    var own = new Facts();
    var outcome =
        switch (made.probe().kind()) {
          case OPEN_UPLOAD_BESIDE -> made.accepted() ? "beside-accepted" : "beside-refused";
          case OPEN_UPLOAD -> made.accepted() ? "open-accepted" : "open-refused";
          case SIGN_IN -> made.accepted() ? "sign-in-accepted" : "sign-in-refused";
          case TOKEN -> "token-" + made.found().first("grants").orElse("unknown");
          case MANIFEST -> "manifest-" + made.found().first("manifest").orElse("refused");
          case LOOK -> "look-" + made.found().first("manifest").orElse("refused");
          case PING -> "ping-" + made.found().first("ping").orElse("answered");
        };
    own.add("probe", outcome);
    speaks(made)
        .ifPresent(accepted -> {
          named(own, "probe.for", accepted ? made.probe().yes() : made.probe().no());
          named(own, "probe.not", accepted ? made.probe().no() : made.probe().yes());
        });
    made.found().list().forEach(fact -> own.add("probe." + fact));
    flaws(made).forEach(flaw -> own.add("probe.flaw", flaw));
    // A log of CI that is looked into elsewhere: the credentials here need not be those there.
    if (known.has("ci") && !made.found().has("ci")) {
      own.add("probe.elsewhere");
    }
    return own;
  }

  private static void named(Facts own, String name, String cause) {
    if (!cause.isEmpty()) {
      own.add(name, cause);
    }
  }

  /** Whether it speaks for the probe's one cause or for its other; empty where for neither. */
  private static Optional<Boolean> speaks(Probed.Made made) {
    return switch (made.probe().kind()) {
      case OPEN_UPLOAD_BESIDE, OPEN_UPLOAD, SIGN_IN ->
          Optional.of(made.accepted() && flaws(made).isEmpty());
      case TOKEN ->
          switch (made.found().first("grants").orElse("unknown")) {
            case "push" -> Optional.of(true);
            case "pull", "nothing" -> Optional.of(false);
            default -> Optional.empty();
          };
      case MANIFEST, LOOK ->
          switch (made.found().first("manifest").orElse("refused")) {
            case "image", "index" -> Optional.of(true);
            case "missing", "child-missing" -> Optional.of(false);
            default -> Optional.empty();
          };
      case PING -> Optional.of(!made.found().has("ping"));
    };
  }

  private static List<String> flaws(Probed.Made made) {
    return made.asked().stream().flatMap(asked -> asked.flaw().stream()).toList();
  }

  /** What follows from it, for people. */
  static Words decided(Probed.Made made, Diagnosis before, Diagnosis after) {
    var was = before.cause().id() + " " + percent(before);
    var is = after.cause().id() + " " + percent(after);
    var meant = meant(made);
    return was.equals(is)
        ? new Words(meant.en() + "; it stays at " + is, meant.zh() + "；仍为 " + is)
        : new Words(meant.en() + "; " + was + " -> " + is, meant.zh() + "；" + was + " -> " + is);
  }

  private static String percent(Diagnosis diagnosis) {
    return Math.round(diagnosis.confidence() * 100) + "%";
  }

  private static Words meant(Probed.Made made) {
    return switch (made.probe().kind()) {
      case OPEN_UPLOAD_BESIDE ->
          made.accepted()
              ? new Words(
                  "a fresh name beside it was accepted: these credentials may push, this very"
                      + " package refuses them",
                  "旁边的新名字被接受:凭据可以推送,拒绝的是这个包本身")
              : new Words(
                  "a fresh name beside it was refused too: the matter is the credentials or the"
                      + " owner, not this package",
                  "旁边的新名字同样被拒绝:问题在凭据或所有者,而非这个包");
      case OPEN_UPLOAD ->
          made.accepted()
              ? new Words(
                  "an upload was opened there: these credentials may push now",
                  "在该处成功开始上传:这些凭据现在可以推送")
              : refusedAs(made);
      case SIGN_IN ->
          made.accepted()
              ? new Words("the registry takes these credentials", "仓库接受这些凭据")
              : new Words("the registry does not take these credentials", "仓库不接受这些凭据");
      case TOKEN -> token(made.found());
      case MANIFEST, LOOK -> manifest(made.found());
      case PING -> ping(made.found());
    };
  }

  /** A bearer token is given only for credentials that are good, so that these want a right. */
  private static Words refusedAs(Probed.Made made) {
    return made.as().startsWith("bearer") && made.asked().getFirst().answer().startsWith("401")
        ? new Words(
            "the sign-in was accepted and the upload was not: these credentials may not push there",
            "登录成功而上传被拒绝:这些凭据无权向该处推送")
        : new Words("the registry says why", "仓库给出了原因");
  }

  private static Words token(Facts found) {
    if (found.has("skew")) {
      return new Words(
          "this clock and the registry's are " + found.first("skew").orElse("") + " s apart",
          "本机时钟与仓库相差 " + found.first("skew").orElse("") + " 秒");
    }
    return switch (found.first("grants").orElse("unknown")) {
      case "push" -> new Words("the token allows a push there", "令牌允许向该处推送");
      case "pull" -> new Words("the token allows a pull and no push", "令牌只允许拉取,不允许推送");
      case "nothing" -> new Words("the token allows nothing there", "令牌在该处没有任何权限");
      default -> new Words("the token does not say what it allows", "令牌未说明其权限");
    };
  }

  private static Words manifest(Facts found) {
    var type = found.first("media-type").map(text -> " (" + text + ")").orElse("");
    return switch (found.first("manifest").orElse("refused")) {
      case "image" -> new Words("it is there, one image" + type, "存在,为单个镜像" + type);
      case "index" ->
          new Words("it is there, an index with all children" + type, "存在,为子项齐全的索引" + type);
      case "child-missing" ->
          new Words("the index is there and a child of it is not" + type, "索引存在,但缺少子项" + type);
      case "missing" -> new Words("it is not there", "不存在");
      default -> new Words("the registry does not say whether it is there", "仓库未说明其是否存在");
    };
  }

  private static Words ping(Facts found) {
    return switch (found.first("ping").orElse("answered")) {
      case "html" -> new Words("what answers is a web page and no registry", "应答的是网页,不是镜像仓库");
      case "plain" -> new Words("it speaks plain HTTP", "它使用明文 HTTP");
      default -> new Words("a registry answers from here", "从本机可以访问该仓库");
    };
  }
}
