package dev.gantry.rehearsal.store;

import java.math.BigInteger;
import java.util.Locale;

/**
 * The name of the file that holds a tag. Upper case letters are written as a bit mask behind an
 * equals sign, which no tag has in it, so that {@code V1} and {@code v1} stay apart on a disk that
 * does not tell letter cases apart.
 */
final class TagFile {
  private TagFile() {}

  static String name(String tag) {
    var mask = BigInteger.ZERO;
    for (int i = 0; i < tag.length(); i++) {
      if (Character.isUpperCase(tag.charAt(i))) {
        mask = mask.setBit(i);
      }
    }
    return mask.signum() == 0 ? tag : tag.toLowerCase(Locale.ROOT) + "=" + mask.toString(16);
  }

  static String tag(String fileName) {
    int equals = fileName.indexOf('=');
    if (equals < 0) {
      return fileName;
    }
    var mask = new BigInteger(fileName.substring(equals + 1), 16);
    var tag = new StringBuilder(fileName.substring(0, equals));
    for (int i = 0; i < tag.length(); i++) {
      if (mask.testBit(i)) {
        tag.setCharAt(i, Character.toUpperCase(tag.charAt(i)));
      }
    }
    return tag.toString();
  }
}
