package dev.gantry.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocket;

/**
 * An open connection as bytes, plain or under TLS. One thread may read while another one writes;
 * {@link #cut} and {@link #stopSending} may be called by any.
 */
final class Connection {
  private final SocketChannel channel;
  private final ChannelSocket bottom;
  private final Watch.Guard guard;
  private Socket top;
  private Inlet inlet;
  private OutputStream out;

  Connection(SocketChannel channel, Watch watch) {
    this.channel = channel;
    this.bottom = new ChannelSocket(channel);
    this.top = bottom;
    this.inlet = new Inlet(bottom.getInputStream());
    this.out = bottom.getOutputStream();
    this.guard = watch.guard(this::closeChannel);
    if (watch.closed()) {
      cut();
    }
  }

  /** Lays TLS, already shaken hands, upon what was there. */
  void secure(SSLSocket tls) throws IOException {
    top = tls;
    inlet = new Inlet(tls.getInputStream());
    out = tls.getOutputStream();
  }

  /** What TLS can be laid upon; the first bytes that come from here on are remembered. */
  Socket socket() {
    bottom.forgetBeginning();
    return top;
  }

  boolean secured() {
    return top instanceof SSLSocket;
  }

  /**
   * The first bytes that came, below TLS; since TLS was begun, if it was. Only once the connection
   * has failed: what is still unread is taken away.
   */
  byte[] beginning() {
    return bottom.beginning();
  }

  Inlet in() {
    return inlet;
  }

  OutputStream out() {
    return out;
  }

  /** The time limit on what happens next. */
  Watch.Guard guard() {
    return guard;
  }

  SocketAddress remote() {
    try {
      return channel.getRemoteAddress();
    } catch (IOException closed) {
      return InetSocketAddress.createUnresolved("closed", 0);
    }
  }

  /**
   * Sends from a file without a copy through this process.
   *
   * @return how many bytes left; 0 when the socket is full at the moment, or the file is shorter
   */
  long transfer(FileChannel file, long position, long count) throws IOException {
    return file.transferTo(position, count, channel);
  }

  /**
   * Whether an idle connection is still good: open, and nothing came that nobody asked for. Must
   * not be called while the connection is in use.
   */
  boolean quiet() {
    try {
      if (!channel.isOpen() || inlet.waiting() > 0) {
        return false;
      }
      channel.configureBlocking(false);
      try {
        return channel.read(ByteBuffer.allocate(1)) == 0;
      } finally {
        channel.configureBlocking(true);
      }
    } catch (IOException broken) {
      return false;
    }
  }

  /** Ends our half at once, even while another thread is blocked in sending; reading goes on. */
  void stopSending() {
    try {
      channel.shutdownOutput();
    } catch (IOException closed) {
      cut();
    }
  }

  /** Says that nothing more will be sent, so that the other side can tell the end from a cut. */
  void finishSending() throws IOException {
    if (top instanceof SSLSocket tls) {
      tls.shutdownOutput();
    }
    channel.shutdownOutput();
  }

  /** Closes without a word. */
  void cut() {
    guard.close();
    closeChannel();
  }

  /** What a deadline does, or the end of the watch, which may come before the guard is known. */
  private void closeChannel() {
    try {
      channel.close();
    } catch (IOException closed) {
      // Closing is all that was wanted; the descriptor is gone either way.
    }
  }

  /** Closes so that the other side sees a reset, where the kind of socket has one. */
  void reset() {
    try {
      if (channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException closed) {
      // A socket that is closed already cannot be reset; cutting it does no harm.
    }
    cut();
  }
}
