package dev.gantry.explain.phrase;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes that a text may have in a log: UTF-8, GBK, and UTF-8 that was read as a one-byte
 * encoding and written again.
 */
final class Encodings {
  private static final Charset GBK = Charset.forName("GBK");
  private static final List<Charset> MISREAD =
      List.of(
          Charset.forName("windows-1252"),
          Charset.forName("windows-1254"),
          StandardCharsets.ISO_8859_1);

  private Encodings() {}

  static List<byte[]> of(String text) {
    var utf8 = text.getBytes(StandardCharsets.UTF_8);
    var forms = new ArrayList<byte[]>();
    forms.add(utf8);
    if (utf8.length > text.length()) {
      add(forms, text.getBytes(GBK));
      MISREAD.forEach(
          charset -> add(forms, misread(utf8, charset).getBytes(StandardCharsets.UTF_8)));
    }
    return forms;
  }

  /** Bytes without a letter in the encoding became the character of their number. */
  private static String misread(byte[] utf8, Charset charset) {
    var text = new StringBuilder();
    for (var b : utf8) {
      var letter = new String(new byte[] {b}, charset);
      text.append(letter.equals("\uFFFD") ? String.valueOf((char) (b & 255)) : letter);
    }
    return text.toString();
  }

  private static void add(List<byte[]> forms, byte[] form) {
    if (forms.stream().noneMatch(known -> Arrays.equals(known, form))) {
      forms.add(form);
    }
  }
}
