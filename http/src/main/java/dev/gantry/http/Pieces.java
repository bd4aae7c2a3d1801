package dev.gantry.http;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A body in the form of java.net.http, in pieces of 256 KiB: its own publishers take 16 KiB at a
 * time and need twice the processor.
 */
final class Pieces implements Flow.Publisher<ByteBuffer> {
  private final Request request;
  private final AtomicLong sent;

  private Pieces(Request request, AtomicLong sent) {
    this.request = request;
    this.sent = sent;
  }

  static BodyPublisher of(Request request, AtomicLong sent) {
    var length = request.body().length();
    if (request.body() instanceof Body.Empty || (length.isPresent() && length.getAsLong() == 0)) {
      return BodyPublishers.noBody();
    }
    var pieces = new Pieces(request, sent);
    return length.isPresent()
        ? BodyPublishers.fromPublisher(pieces, length.getAsLong())
        : BodyPublishers.fromPublisher(pieces);
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    try {
      subscriber.onSubscribe(new Delivery(subscriber, open(request.body())));
    } catch (IOException failed) {
      subscriber.onSubscribe(new Nothing());
      subscriber.onError(new Outlet.SourceFault(failed));
    }
  }

  private static InputStream open(Body body) throws IOException {
    return switch (body) {
      case Body.Empty _ -> InputStream.nullInputStream();
      case Body.Bytes bytes -> new ByteArrayInputStream(bytes.bytes());
      case Body.Stream stream -> stream.opener().open();
      case Body.FileRegion region -> {
        var file = FileChannel.open(region.file(), StandardOpenOption.READ);
        file.position(region.offset());
        yield new Bounded(Channels.newInputStream(file), region.count());
      }
    };
  }

  private record Nothing() implements Flow.Subscription {
    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }

  private final class Delivery implements Flow.Subscription {
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private final InputStream content;
    private final AtomicLong wanted = new AtomicLong();
    private volatile boolean over;

    Delivery(Flow.Subscriber<? super ByteBuffer> subscriber, InputStream content) {
      this.subscriber = subscriber;
      this.content = content;
    }

    /** Only the call that raises the demand from nothing delivers; others, nested ones too, add. */
    @Override
    public void request(long count) {
      if (wanted.getAndAdd(count) > 0) {
        return;
      }
      try {
        do {
          deliver();
        } while (!over && wanted.decrementAndGet() > 0);
      } catch (IOException failed) {
        cancel();
        subscriber.onError(new Outlet.SourceFault(failed));
      }
    }

    private void deliver() throws IOException {
      var piece = new byte[Outlet.PIECE];
      int n = over ? 0 : content.readNBytes(piece, 0, piece.length);
      if (n > 0) {
        request.sent().accept(sent.addAndGet(n));
        subscriber.onNext(ByteBuffer.wrap(piece, 0, n));
      } else if (!over) {
        cancel();
        subscriber.onComplete();
      }
    }

    @Override
    public void cancel() {
      over = true;
      try {
        content.close();
      } catch (IOException unreadable) {
        // It was only read; there is nothing left to lose.
      }
    }
  }

  /** So many bytes of a stream, and an error if it has fewer. */
  private static final class Bounded extends InputStream {
    private final InputStream content;
    private long left;

    Bounded(InputStream content, long count) {
      this.content = content;
      this.left = count;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int n = content.read(into, offset, (int) Math.min(length, left));
      if (n < 0) {
        throw new EOFException("the file became shorter while it was sent");
      }
      left -= n;
      return n;
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }
}
