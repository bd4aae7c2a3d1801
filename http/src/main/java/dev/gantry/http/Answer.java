package dev.gantry.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The answer of one exchange; holds the connection until the body has ended or nobody wants it. */
final class Answer implements Response {
  private static final Duration DISCARD = Duration.ofSeconds(2);

  private final Head.OfResponse head;
  private final URI uri;
  private final List<Redirected> redirects;
  private final Connection connection;
  private final Incoming incoming;
  private final Duration stall;
  private final long sent;
  private final Runnable giveBack;
  private final AnswerBody body = new AnswerBody();
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean reading;

  /**
   * @param sent bytes of the request's body, for faults
   * @param giveBack what to do with a connection that can be used again; cuts one that cannot
   */
  Answer(
      Head.OfResponse head,
      URI uri,
      List<Redirected> redirects,
      Connection connection,
      Incoming incoming,
      Duration stall,
      long sent,
      Runnable giveBack) {
    this.head = head;
    this.uri = uri;
    this.redirects = List.copyOf(redirects);
    this.connection = connection;
    this.incoming = incoming;
    this.stall = stall;
    this.sent = sent;
    this.giveBack = giveBack;
    endIfEnded();
  }

  @Override
  public int status() {
    return head.status();
  }

  @Override
  public String reason() {
    return head.reason();
  }

  @Override
  public Headers headers() {
    return head.headers();
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public List<Redirected> redirects() {
    return redirects;
  }

  @Override
  public InputStream body() {
    return body;
  }

  /** May come from another thread than the one that reads, which is then cut off. */
  @Override
  public void close() {
    if (over.get()) {
      return;
    }
    if (!reading) {
      try {
        incoming.settle();
        endIfEnded();
      } catch (IOException broken) {
        // The caller has what was wanted; a connection with such an end is not used again.
      }
    }
    if (over.compareAndSet(false, true)) {
      connection.cut();
    }
  }

  /** Reads what is left, within the limit and a little time, to use the connection again. */
  void discard(long limit) {
    var sink = new byte[8 << 10];
    long left = limit;
    connection.guard().within(DISCARD);
    try {
      while (left >= 0 && !over.get()) {
        left -= Math.max(incoming.read(sink, 0, sink.length), 0);
        endIfEnded();
      }
    } catch (IOException broken) {
      // Nobody wants this body; the connection is cut by close.
    } finally {
      close();
    }
  }

  private void endIfEnded() {
    if (incoming.ended() && over.compareAndSet(false, true)) {
      giveBack.run();
    }
  }

  private final class AnswerBody extends InputStream {
    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (incoming.ended()) {
        return length == 0 ? 0 : -1;
      }
      if (over.get()) {
        throw new IOException("the answer was closed");
      }
      reading = true;
      try {
        connection.guard().within(stall);
        int n = incoming.read(into, offset, length);
        connection.guard().rest();
        endIfEnded();
        return n;
      } catch (IOException broken) {
        over.set(true);
        connection.cut();
        throw fault(broken);
      } finally {
        reading = false;
      }
    }

    private IOException fault(IOException broken) {
      try {
        return Faults.during(
            HttpFault.Phase.RECEIVE, Origin.of(uri).toString(), connection, sent, broken);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        var told = new InterruptedIOException("interrupted while the answer came");
        told.initCause(interrupted);
        return told;
      }
    }

    @Override
    public void close() {
      Answer.this.close();
    }
  }
}
