package dev.gantry.explain.workflow;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether something runs when somebody opens a pull request from a fork, as far as a condition says
 * it. Reads the comparisons that people write, joined by && and ||; brackets are not weighed.
 */
enum Guard {
  RUNS,
  SKIPS,
  UNKNOWN;

  private static final Pattern SAME_REPOSITORY =
      Pattern.compile(
          "head\\.repo\\.full_name==github\\.repository|github\\.repository==github\\.event\\.pull_request\\.head"
              + "|head\\.repo\\.fork==false|!github\\.event\\.pull_request\\.head\\.repo\\.fork"
              + "|head\\.repo\\.fork!=true|head\\.repo\\.owner\\.login==github\\.repository_owner");
  private static final Pattern OTHER_EVENT =
      Pattern.compile(
          "github\\.event_name!='pull_request(?:_target)?'"
              + "|github\\.event_name=='(?!pull_request)[a-z_]{1,40}'"
              + "|github\\.ref(?:_name)?=='(?!refs/pull)|github\\.ref_type=='|!github\\.event\\.pull_request$"
              + "|github\\.event\\.pull_request==null|!?github\\.base_ref==''"
              + "|^startswith\\(github\\.ref,'refs/(?:tags|heads)|github\\.event\\.release"
              + "|!startswith\\(github\\.ref,'refs/pull|^\\(?(?:secrets|env)\\.[a-z0-9_]+(?:!=''|$)"
              + "|contains\\(github\\.ref,'|github\\.event_name!=\"pull_request\"");
  private static final Pattern NO_MATTER =
      Pattern.compile(
          "^\\(*(?:true|'true'|''|always\\(\\)|success\\(\\)|!cancelled\\(\\)|github\\.repository==.*"
              + "|github\\.repository_owner==.*|github\\.event_name=='pull_request'.*|github\\.actor!=.*"
              + "|matrix\\..*|github\\.event\\.action.*|!?github\\.event\\.pull_request\\.draft.*"
              + "|github\\.event\\.pull_request\\.merged.*)\\)*$");
  private static final int LONGEST = 2_000;

  /** Of a condition; a blank one lets everything through. */
  static Guard of(String condition) {
    var text =
        condition
            .replace("${{", "")
            .replace("}}", "")
            .replaceAll("\\s", "")
            .toLowerCase(Locale.ROOT);
    if (text.isEmpty()) {
      return RUNS;
    }
    if (text.length() > LONGEST) {
      return UNKNOWN;
    }
    var worst = SKIPS;
    for (var part : text.split("\\|\\|", -1)) {
      var one = all(part);
      if (one == RUNS) {
        return RUNS;
      }
      worst = one == UNKNOWN ? UNKNOWN : worst;
    }
    return worst;
  }

  private static Guard all(String part) {
    var result = RUNS;
    for (var atom : part.split("&&", -1)) {
      var one = single(atom);
      if (one == SKIPS) {
        return SKIPS;
      }
      result = one == UNKNOWN ? UNKNOWN : result;
    }
    return result;
  }

  private static Guard single(String atom) {
    if (atom.replaceAll("[()']", "").equals("false")
        || SAME_REPOSITORY.matcher(atom).find()
        || OTHER_EVENT.matcher(atom).find()) {
      return SKIPS;
    }
    return NO_MATTER.matcher(atom).matches() ? RUNS : UNKNOWN;
  }

  /** Both must let it through. */
  Guard and(Guard other) {
    if (this == SKIPS || other == SKIPS) {
      return SKIPS;
    }
    return this == UNKNOWN || other == UNKNOWN ? UNKNOWN : RUNS;
  }
}
