package dev.gantry.registry;

import dev.gantry.failure.Evidence;
import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.login.SignIn;
import dev.gantry.login.TokenLook;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Malformed;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.MediaType;
import dev.gantry.wire.Call;
import dev.gantry.wire.Reply;
import dev.gantry.wire.Scope;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Requests made to learn about one repository, each sent once and never repeated. An answer of any
 * status is an answer; a failure is only where none came. Nothing is written: an upload that is
 * opened is given up at once.
 */
public final class Probes {
  /** Children of an index that are looked for; an index of more is looked at in part. */
  private static final int CHILDREN = 32;

  private final Line line;
  private final SignIn signIn;

  Probes(Line line, SignIn signIn) {
    this.line = line;
    this.signIn = signIn;
  }

  /**
   * One request and what came of it.
   *
   * @param ok whether the status was one of success
   * @param flaw the rule of the protocol that the answer breaks
   */
  public record Heard(Evidence evidence, boolean ok, Optional<String> flaw) {
    static Heard of(Reply reply) {
      return new Heard(reply.evidence(), reply.ok(), Optional.empty());
    }
  }

  /**
   * Opens an upload and gives it up again; the second request is made only after a good answer. A
   * refusal to give it up means nothing: the registry forgets the session in its own time.
   *
   * @param cancelNeeds the action that giving it up needs besides
   */
  public List<Heard> openUpload(Optional<String> cancelNeeds) throws InterruptedException {
    URI session;
    var open = line.at(Failure.Stage.UPLOAD).call("POST", "blobs/uploads/").as(Call.Kind.SESSION);
    try (var reply = line.send(open)) {
      if (!reply.ok()) {
        return List.of(Heard.of(reply));
      }
      try {
        session = line.location(reply);
      } catch (PublishException odd) {
        return List.of(new Heard(reply.evidence(), true, flaw(odd)));
      }
      var heard = new ArrayList<Heard>();
      heard.add(Heard.of(reply));
      cancel(session, cancelNeeds).ifPresent(heard::add);
      return heard;
    }
  }

  private static Optional<String> flaw(PublishException odd) {
    return odd.failure() instanceof Failure.OffProtocol(_, _, var rule)
        ? Optional.of(rule)
        : Optional.of("the Location cannot be used");
  }

  private Optional<Heard> cancel(URI session, Optional<String> needs) throws InterruptedException {
    var actions = new ArrayList<>(List.of("pull", "push"));
    needs.ifPresent(actions::add);
    var scope = Scope.repository(line.repository().path(), actions.toArray(String[]::new));
    var call = line.call("DELETE", session).as(Call.Kind.SESSION).with(List.of(scope));
    try (var reply = line.send(call)) {
      return Optional.of(Heard.of(reply));
    } catch (PublishException _) {
      return Optional.empty(); // a courtesy, as everywhere
    }
  }

  /** GET /v2/, signed in to where there is something to sign in with. */
  public Heard ping() throws InterruptedException {
    var call = Call.of("GET", line.endpoint().at(""), Failure.Stage.SIGN_IN);
    try (var reply = line.send(call)) {
      return Heard.of(reply);
    }
  }

  /** What the token server grants for pulling from and pushing to the repository. */
  public TokenLook token() throws InterruptedException {
    return signIn.look(List.of(line.scope()));
  }

  /**
   * What stands behind a tag or digest.
   *
   * @param mediaType of the manifest, where there is one
   * @param missing children of an index that are not there
   */
  public record Found(List<Heard> heard, Optional<MediaType> mediaType, List<Digest> missing) {
    public Found {
      heard = List.copyOf(heard);
      missing = List.copyOf(missing);
    }
  }

  /** Looks at a manifest and, if it is an index, at whether each child is there. */
  public Found manifest(String reference) throws InterruptedException {
    var reading = line.at(Failure.Stage.READ).only("pull");
    var heard = new ArrayList<Heard>();
    var missing = new ArrayList<Digest>();
    Manifest manifest;
    var call = reading.call("GET", "manifests/" + reference).with("Accept", Manifests.ACCEPT);
    try (var reply = reading.send(call)) {
      heard.add(Heard.of(reply));
      if (!reply.ok()) {
        return new Found(heard, Optional.empty(), missing);
      }
      manifest = Manifest.parse(reply.bytes(Manifest.LARGEST));
    } catch (Malformed fault) {
      var first = heard.getFirst();
      var flaw = Optional.of("the answer is no manifest: " + fault.what());
      return new Found(List.of(new Heard(first.evidence(), true, flaw)), Optional.empty(), missing);
    }
    if (manifest instanceof Manifest.Index index) {
      for (var child : index.children().stream().limit(CHILDREN).toList()) {
        var ask = reading.call("HEAD", "manifests/" + child.digest());
        try (var reply = reading.send(ask.with("Accept", Manifests.ACCEPT))) {
          heard.add(Heard.of(reply));
          if (reply.status() == 404) {
            missing.add(child.digest());
          }
        }
      }
    }
    return new Found(heard, Optional.of(manifest.mediaType()), missing);
  }
}
