package dev.gantry.explain.workflow;

import java.util.List;
import java.util.regex.Pattern;

/** The engine beside a GitLab job, and how the job is told to reach it. */
final class GitLab {
  private static final Pattern OLD_CLIENT =
      Pattern.compile("^(?:[\\w./:-]{0,80}/)?docker:(?:1\\d|2[0-4])(?:[.-]|$)");

  private GitLab() {}

  static void of(Pipeline pipeline, Job job, List<Act> acts, Sheet sheet) {
    if (pipeline.kind() != Pipeline.Kind.GITLAB || acts.isEmpty()) {
      return;
    }
    var scope = Scope.of(pipeline.env()).with(job.env());
    var dind = job.image().stream().filter(one -> one.value().contains("dind")).findFirst();
    var client =
        job.image().stream()
            .filter(one -> one.value().matches("(?:[\\w./-]{0,80}/)?docker:?.{0,60}"))
            .filter(one -> !one.value().contains("dind"))
            .findFirst();
    if (dind.isPresent()) {
      sheet.say("dind", "present", dind.get().line());
    } else if (client.isPresent()) {
      sheet.doubt("dind", "missing", client.get().line(), "no service docker:dind for this job");
    }
    client
        .filter(one -> OLD_CLIENT.matcher(one.value()).find())
        .ifPresent(one ->
            sheet.doubt("docker-old", "yes", one.line(), "a client below 25 speaks no API 1.44"));
    for (var from : List.of(job.env(), pipeline.env())) {
      var host = from.get("DOCKER_HOST");
      if (host != null) {
        sheet.say("docker-host", host.value().strip(), host.line());
        tls(host, scope, sheet);
        break;
      }
    }
    if (job.condition().value().contains("merge_request")) {
      sheet.say("event", "merge_request_event", job.condition().line());
    }
  }

  /** dind listens with TLS on 2376, and on 2375 only where DOCKER_TLS_CERTDIR is empty. */
  private static void tls(Node.Text host, Scope scope, Sheet sheet) {
    var off = scope.value("DOCKER_TLS_CERTDIR").filter(String::isBlank).isPresent();
    if (host.value().contains(":2375") && !off) {
      sheet.doubt("tls", "mismatch", host.line(), "2375 needs DOCKER_TLS_CERTDIR: \"\"");
    } else if (host.value().contains(":2376") && off) {
      sheet.doubt("tls", "mismatch", host.line(), "2376 needs DOCKER_TLS_CERTDIR: \"/certs\"");
    }
  }
}
