package dev.gantry.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * A socket over any stream channel, Unix ones too, so that the JDK's TLS can lie upon it. Keeps the
 * first bytes that came: they tell a server that speaks no TLS.
 */
final class ChannelSocket extends Socket {
  private static final int KEPT = 64;

  private final SocketChannel channel;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] kept = new byte[KEPT];
  private int keptCount;

  ChannelSocket(SocketChannel channel) {
    this.channel = channel;
    this.in = new Recording(Channels.newInputStream(channel));
    this.out = Channels.newOutputStream(channel);
  }

  /** The first bytes that came, 64 at most, with those that are there and were not read. */
  byte[] beginning() {
    if (channel.isOpen() && keptCount > 0 && keptCount < KEPT) {
      readMore();
    }
    return Arrays.copyOf(kept, keptCount);
  }

  private void readMore() {
    try {
      channel.configureBlocking(false);
      try {
        keptCount += Math.max(0, channel.read(ByteBuffer.wrap(kept, keptCount, KEPT - keptCount)));
      } finally {
        channel.configureBlocking(true);
      }
    } catch (IOException broken) {
      // What was kept before has to do.
    }
  }

  /** Counts the first bytes from here on. */
  void forgetBeginning() {
    keptCount = 0;
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public InetAddress getInetAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public void shutdownInput() throws IOException {
    channel.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private final class Recording extends InputStream {
    private final InputStream below;

    Recording(InputStream below) {
      this.below = below;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = below.read(into, offset, length);
      if (n > 0 && keptCount < KEPT) {
        int more = Math.min(n, KEPT - keptCount);
        System.arraycopy(into, offset, kept, keptCount, more);
        keptCount += more;
      }
      return n;
    }
  }
}
