package dev.gantry.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What goes out after the header section. A body can be sent again from its beginning. */
public sealed interface Body {

  /** No body at all. */
  Body NONE = new Empty();

  /** Bytes on the wire, unless only a stream knows them. */
  OptionalLong length();

  /** No content; a request that could have one is sent with {@code Content-Length: 0}. */
  record Empty() implements Body {
    @Override
    public OptionalLong length() {
      return OptionalLong.of(0);
    }
  }

  /** Content held in memory. The array is not copied: whoever hands it over leaves it alone. */
  @SuppressWarnings("ArrayRecordComponent") // identity is all that a body needs
  record Bytes(byte[] bytes) implements Body {
    @Override
    public OptionalLong length() {
      return OptionalLong.of(bytes.length);
    }
  }

  /** A stretch of a file, sent without a copy through this process where the socket allows it. */
  record FileRegion(Path file, long offset, long count) implements Body {
    @Override
    public OptionalLong length() {
      return OptionalLong.of(count);
    }
  }

  /** Content read as it is sent; chunked where the length is not known. */
  record Stream(Opener opener, OptionalLong length) implements Body {
    /** Opens the content from its beginning, as often as it is asked. */
    @FunctionalInterface
    public interface Opener {
      InputStream open() throws IOException;
    }
  }
}
