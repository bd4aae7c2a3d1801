package dev.gantry.registry;

import dev.gantry.oci.Digest;
import dev.gantry.oci.Repository;
import java.net.URI;
import java.util.Optional;

/**
 * Remembers how far uploads have come, so that another run goes on from there. What it gives back
 * is a hint: the registry is asked before anything is believed.
 */
public interface Checkpoints {

  /** An upload session that was open when last heard of. */
  record Session(URI location, long acknowledged) {}

  /** The session last reached for this blob and not yet ended. */
  Optional<Session> session(Repository to, Digest blob);

  /** The registry has taken so many bytes in this session. */
  void reached(Repository to, Digest blob, Session session);

  /** The session is over: the blob is there, or the session is lost. */
  void ended(Repository to, Digest blob, boolean there);

  /** Remembers nothing. */
  Checkpoints NONE =
      new Checkpoints() {
        @Override
        public Optional<Session> session(Repository to, Digest blob) {
          return Optional.empty();
        }

        @Override
        public void reached(Repository to, Digest blob, Session session) {}

        @Override
        public void ended(Repository to, Digest blob, boolean there) {}
      };
}
