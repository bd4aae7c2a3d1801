package dev.gantry.http;

/** Carries one request to its host and brings back the answer. */
public interface Transport extends AutoCloseable {
  /**
   * Sends and waits for the header section of the answer; its body is read by the caller, who
   * closes the response.
   *
   * @throws HttpFault when no usable answer came
   * @throws InterruptedException when the calling thread was interrupted; the connection is cut
   */
  Response send(Request request) throws HttpFault, InterruptedException;

  @Override
  void close();
}
