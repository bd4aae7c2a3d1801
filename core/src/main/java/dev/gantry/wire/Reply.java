package dev.gantry.wire;

import dev.gantry.failure.Evidence;
import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.http.Headers;
import dev.gantry.http.Response;
import dev.gantry.oci.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What came back for one call. The body of a refusal is here in full (up to 64 KiB) and its
 * connection is given back; the body of anything else is still on its way.
 */
public final class Reply implements AutoCloseable {
  /** Bytes of a refusal's body that are kept; the longest seen in practice is an HTML page. */
  static final int REFUSAL = 64 << 10;

  private final Call call;
  private final Response response;
  private final Duration took;
  private final long bytesSent;
  private final boolean held;
  private byte[] seen = {};

  private Reply(Call call, Response response, Duration took, long bytesSent, boolean held) {
    this.call = call;
    this.response = response;
    this.took = took;
    this.bytesSent = bytesSent;
    this.held = held;
  }

  /** Takes an answer over from the transport, and reads it to its end if it is a refusal. */
  static Reply of(Call call, Response response, Duration took, long bytesSent) {
    if (response.status() < 300) {
      return new Reply(call, response, took, bytesSent, false);
    }
    var reply = new Reply(call, response, took, bytesSent, true);
    try (response) {
      reply.seen = asFarAsItCame(response.body());
    }
    return reply;
  }

  /** A refusal is told with as much of its body as arrived, so a cut within it is no news. */
  private static byte[] asFarAsItCame(InputStream body) {
    var buffer = new byte[REFUSAL];
    int count = 0;
    try {
      for (int read = 0; read >= 0 && count < REFUSAL; count += read) {
        read = body.read(buffer, count, REFUSAL - count);
        if (read < 0) {
          break;
        }
      }
    } catch (IOException _) {
      return Arrays.copyOf(buffer, count);
    }
    return Arrays.copyOf(buffer, count);
  }

  public Call call() {
    return call;
  }

  public int status() {
    return response.status();
  }

  /** Whether the status is one of success. */
  public boolean ok() {
    return status() >= 200 && status() < 300;
  }

  public Headers headers() {
    return response.headers();
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return response.headers().first(name);
  }

  /** Every value of a header, in order. */
  public List<String> headers(String name) {
    return response.headers().all(name);
  }

  /** Where the answer came from in the end. */
  public URI url() {
    return response.uri();
  }

  /** The body as a stream. A fault in it is told by {@link #broken}. */
  public InputStream body() {
    return held ? new ByteArrayInputStream(seen) : response.body();
  }

  /**
   * The whole body.
   *
   * @throws PublishException OffProtocol if it is longer than {@code limit} bytes, Unreachable if
   *     it broke off
   */
  public Bytes bytes(int limit) throws InterruptedException {
    if (held) {
      return Bytes.of(seen);
    }
    try {
      var bytes = response.body().readNBytes(limit);
      seen = Arrays.copyOf(bytes, Math.min(bytes.length, REFUSAL));
      if (bytes.length == limit && response.body().read() >= 0) {
        throw offProtocol("the body is longer than " + limit + " bytes");
      }
      return Bytes.of(bytes);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** The registry's own error entries; empty where the body has none. */
  public List<Evidence.Said> said() {
    return evidence().answer().map(Evidence.Answer::errors).orElse(List.of());
  }

  /** Whether any entry of the body has this code, or says it in other letter case. */
  public boolean said(String code) {
    return said().stream().anyMatch(entry -> entry.code().equalsIgnoreCase(code));
  }

  /** What was seen, as it may be told. */
  public Evidence evidence() {
    return Witness.of(call, took, bytesSent, Optional.of(response), seen);
  }

  /** The answer was no. */
  public PublishException rejected() {
    return new PublishException(new Failure.Rejected(call.stage(), evidence()));
  }

  /** The answer breaks a rule of the protocol. */
  public PublishException offProtocol(String rule) {
    return new PublishException(new Failure.OffProtocol(call.stage(), evidence(), rule));
  }

  /**
   * The body broke off.
   *
   * @throws InterruptedException if that was because this thread was interrupted
   */
  public PublishException broken(IOException fault) throws InterruptedException {
    return Witness.broken(call, evidence(), fault);
  }

  @Override
  public void close() {
    response.close();
  }
}
