package dev.gantry.http;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The few forms of DER (ITU-T X.690) that a certificate and a private key are written in. */
final class Der {
  static final int SEQUENCE = 0x30;
  static final int OCTETS = 0x04;
  private static final int SET = 0x31;
  private static final int INTEGER = 0x02;
  private static final int BITS = 0x03;
  private static final int OID = 0x06;
  private static final int UTF8 = 0x0c;

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return tagged(SEQUENCE, parts);
  }

  static byte[] set(byte[]... parts) {
    return tagged(SET, parts);
  }

  static byte[] integer(BigInteger value) {
    return tagged(INTEGER, value.toByteArray());
  }

  static byte[] octets(byte[]... content) {
    return tagged(OCTETS, content);
  }

  static byte[] bits(byte[] content) {
    return tagged(BITS, new byte[] {0}, content);
  }

  static byte[] utf8(String text) {
    return tagged(UTF8, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] ascii(int tag, String text) {
    return tagged(tag, text.getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] yes() {
    return new byte[] {1, 1, (byte) 0xff};
  }

  /** An object identifier from its dotted form. */
  static byte[] oid(String dotted) {
    var out = new ByteArrayOutputStream();
    var arcs = dotted.split("\\.", -1);
    out.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      long arc = Long.parseLong(arcs[i]);
      int groups = Math.max(1, (64 - Long.numberOfLeadingZeros(arc) + 6) / 7);
      for (int g = groups - 1; g >= 0; g--) {
        out.write((int) (arc >> (7 * g) & 0x7f) | (g > 0 ? 0x80 : 0));
      }
    }
    return tagged(OID, out.toByteArray());
  }

  static byte[] tagged(int tag, byte[]... parts) {
    int length = 0;
    for (var part : parts) {
      length += part.length;
    }
    var out = new ByteArrayOutputStream(length + 6);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      int bytes = (32 - Integer.numberOfLeadingZeros(length) + 7) / 8;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(length >> (8 * i));
      }
    }
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
