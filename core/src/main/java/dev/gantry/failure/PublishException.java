package dev.gantry.failure;

import java.io.Serial;

/** Carries a {@link Failure} up the stack: the only exception of ours that crosses packages. */
public final class PublishException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public PublishException(Failure failure) {
    super(failure.toString());
    this.failure = failure;
  }

  /** The same with what led to it, for a stack trace that tells all. */
  public PublishException(Failure failure, Throwable from) {
    super(failure.toString(), from);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
