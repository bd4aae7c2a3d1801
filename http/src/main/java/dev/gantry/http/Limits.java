package dev.gantry.http;

/**
 * What the other side of a connection may send before it is refused.
 *
 * @param startLine bytes of a request line or status line
 * @param headerBytes bytes of a whole header section; a trailer section counts alike
 * @param headerCount fields of a header section
 * @param interim 1xx answers before the final one
 * @param drain bytes of an unwanted body that are read so that the connection can be used again
 */
public record Limits(int startLine, int headerBytes, int headerCount, int interim, long drain) {
  /** 16 KiB, 64 KiB, 200 fields, 20 interim answers, 256 KiB. */
  public static final Limits DEFAULT = new Limits(16 << 10, 64 << 10, 200, 20, 256 << 10);
}
