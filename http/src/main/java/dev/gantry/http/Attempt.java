package dev.gantry.http;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One request on one connection.
 *
 * <p>A small body goes out first and the answer is read afterwards, all on the caller's thread.
 * With a larger one, or under {@code Expect: 100-continue}, a second thread reads from the
 * beginning: a server that refuses a body says so while the body is still coming and then resets
 * the connection, and whoever does not read in time never learns why.
 */
final class Attempt {
  /**
   * Up to this size a body fits into the socket's buffers, and sending it cannot block for long.
   */
  private static final int SMALL = 16 << 10;

  /**
   * After a broken send the answer may still lie in the receive buffer; how long to look for it.
   */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  /** What came, and whether the connection is good for another request. */
  record Result(Head.OfResponse head, boolean complete, long sent) {}

  private final Request request;
  private final byte[] head;
  private final Connection connection;
  private final ClientSettings settings;
  private final Outlet outlet;
  private final CompletableFuture<Head.OfResponse> answer = new CompletableFuture<>();
  private final CompletableFuture<Boolean> proceed = new CompletableFuture<>();
  private final long receivedBefore;
  private volatile boolean wholeSent;
  private volatile HttpFault.Phase phase = HttpFault.Phase.SEND;
  private long sent;
  private boolean headLeft;

  Attempt(Request request, byte[] head, Connection connection, ClientSettings settings) {
    this.request = request;
    this.head = head;
    this.connection = connection;
    this.settings = settings;
    this.outlet = new Outlet(connection, settings.timeouts().stall());
    this.receivedBefore = connection.in().received();
  }

  HttpFault.Phase phase() {
    return phase;
  }

  long sent() {
    return sent;
  }

  /** Whether the head has been handed to the socket. */
  boolean headLeft() {
    return headLeft;
  }

  /** Whether a single byte of an answer has come. */
  boolean heard() {
    return connection.in().received() > receivedBefore;
  }

  Result run() throws IOException, InterruptedException {
    var length = request.body().length();
    boolean expects = request.headers().first("Expect").isPresent() && !isEmpty();
    boolean small = length.isPresent() && length.getAsLong() <= SMALL;
    return small && !expects ? inTurn() : atOnce(expects);
  }

  private boolean isEmpty() {
    return request.body().length().equals(OptionalLong.of(0));
  }

  private Result inTurn() throws IOException {
    try {
      if (request.body() instanceof Body.Bytes bytes) {
        var both = Arrays.copyOf(head, head.length + bytes.bytes().length);
        System.arraycopy(bytes.bytes(), 0, both, head.length, bytes.bytes().length);
        outlet.write(both);
        told(bytes.bytes().length);
      } else {
        outlet.write(head);
        headLeft = true;
        outlet.send(request.body(), this::told);
      }
      headLeft = true;
    } catch (Outlet.SourceFault broken) {
      throw broken;
    } catch (IOException broken) {
      return lastWords(broken);
    }
    phase = HttpFault.Phase.WAIT;
    connection.guard().within(settings.timeouts().answer());
    var got = read();
    connection.guard().rest();
    return new Result(got, true, sent);
  }

  /** The server may have answered before it closed; what it said is worth more than the reset. */
  private Result lastWords(IOException broken) throws IOException {
    connection.guard().within(LAST_WORDS);
    try {
      return new Result(read(), false, sent);
    } catch (IOException nothing) {
      broken.addSuppressed(nothing);
      throw broken;
    }
  }

  private boolean told(long total) {
    sent = total;
    request.sent().accept(total);
    return true;
  }

  private Head.OfResponse read() throws IOException {
    for (int i = 0; i <= settings.limits().interim(); i++) {
      if (!connection.in().fill()) {
        throw new EOFException("no byte of an answer came");
      }
      var got = Head.response(connection.in(), settings.limits());
      if (got.status() / 100 != 1) {
        return got;
      }
      if (got.status() == 101) {
        throw BadMessage.syntax("a switch of protocols that nobody asked for");
      }
      if (got.status() == 100) {
        proceed.complete(true);
      }
    }
    throw BadMessage.limit(500, "more than " + settings.limits().interim() + " interim answers");
  }

  private Result atOnce(boolean expects) throws IOException, InterruptedException {
    outlet.write(head);
    headLeft = true;
    Thread.ofPlatform().daemon().name("gantry-http-answer").start(this::listen);
    if (expects && !mayProceed()) {
      return new Result(answered(), false, 0);
    }
    try {
      wholeSent = outlet.send(request.body(), this::goOn);
    } catch (Outlet.SourceFault broken) {
      throw broken;
    } catch (IOException broken) {
      Faults.ifInterrupted();
      return new Result(afterBreak(broken), false, sent);
    }
    if (wholeSent) {
      phase = HttpFault.Phase.WAIT;
      connection.guard().within(settings.timeouts().answer());
    }
    var got = answered();
    connection.guard().rest();
    return new Result(got, wholeSent, sent);
  }

  private void listen() {
    try {
      var got = read();
      answer.complete(got);
      proceed.complete(false);
      if (stops(got) && !wholeSent) {
        connection.stopSending();
      }
    } catch (IOException | RuntimeException broken) {
      answer.completeExceptionally(broken);
      proceed.complete(false);
    }
  }

  /** A good answer while the body is still going out does not say that the rest is not wanted. */
  private static boolean stops(Head.OfResponse got) {
    return got.status() >= 300;
  }

  private boolean goOn(long total) {
    told(total);
    return !(answer.isDone() && (answer.isCompletedExceptionally() || stops(answer.join())));
  }

  /** Whether the body may go out: told so, or nothing said in time. */
  private boolean mayProceed() throws InterruptedException {
    try {
      return proceed.get(settings.timeouts().proceed().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException silence) {
      return true;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Head.OfResponse answered() throws IOException, InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException failed) {
      throw unwrapped(failed);
    }
  }

  private Head.OfResponse afterBreak(IOException broken) throws IOException, InterruptedException {
    try {
      return answer.get(LAST_WORDS.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException silence) {
      throw broken;
    } catch (ExecutionException failed) {
      broken.addSuppressed(failed);
      throw broken;
    }
  }

  private static IOException unwrapped(ExecutionException failed) {
    return failed.getCause() instanceof IOException known
        ? known
        : new IOException(failed.getCause());
  }
}
