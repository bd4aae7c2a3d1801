package dev.gantry.tags.grammar;

import dev.gantry.oci.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Comma separated fields, with the rules and the corners of csv-parse 7 (csv.js.org): a quote opens
 * a field only where the field begins, the first line end decides which line end ends a row, and
 * rows without a character are no rows.
 */
public final class Csv {
  private final String text;
  private final boolean relaxed;
  private final boolean comments;
  private final List<List<String>> rows = new ArrayList<>();
  private List<String> row = new ArrayList<>();
  private StringBuilder field = new StringBuilder();
  private String lineEnd = "";
  private int line = 1;
  private boolean quoting;
  private boolean wasQuoting;

  private Csv(String text, boolean relaxed, boolean comments) {
    this.text = text;
    this.relaxed = relaxed;
    this.comments = comments;
  }

  /**
   * The rows of a list: quotes inside a field are text, and {@code #} at the beginning of a row
   * makes it a remark.
   */
  public static List<List<String>> relaxed(String text) {
    return new Csv(text, true, true).parse();
  }

  /**
   * The fields of one entry.
   *
   * @throws Malformed for a quote inside a field or one that is not closed, and where there is no
   *     field at all
   */
  public static List<String> fields(String text) {
    var rows = new Csv(text, false, false).parse();
    if (rows.isEmpty()) {
      throw new Malformed("an entry of blanks only", text);
    }
    return rows.getFirst();
  }

  private List<List<String>> parse() {
    var commenting = false;
    var at = 0;
    while (at < text.length()) {
      var c = text.charAt(at);
      if (!quoting) {
        discover(at);
      }
      if (quoting && c == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
        field.append('"');
        at += 2;
        continue;
      }
      if (!commenting && c == '"' && quote(at)) {
        at++;
        continue;
      }
      if (quoting) {
        line += c == '\n' ? 1 : 0;
        field.append(c);
        at++;
        continue;
      }
      if (!lineEnd.isEmpty() && text.startsWith(lineEnd, at)) {
        line++;
        if (!commenting || wasQuoting || !row.isEmpty() || !field.isEmpty()) {
          endRow();
        }
        commenting = false;
        at += lineEnd.length();
        continue;
      }
      if (commenting) {
        at++;
      } else if (comments && c == '#' && row.isEmpty() && field.isEmpty()) {
        commenting = true;
        at++;
      } else if (c == ',') {
        endField();
        at++;
      } else {
        field.append(c);
        at++;
      }
    }
    if (quoting) {
      throw new Malformed("a quote that is not closed at line " + line, text);
    }
    endRow();
    return rows;
  }

  /** Takes a quote that opens or closes a field; false where it is text. */
  private boolean quote(int at) {
    if (!quoting) {
      if (field.isEmpty()) {
        quoting = true;
        return true;
      }
      if (!relaxed) {
        throw new Malformed(
            "a quote inside a field that does not begin with one", text, at, Optional.empty());
      }
      return false;
    }
    var next = at + 1;
    discover(next);
    var closes =
        next >= text.length()
            || text.charAt(next) == ','
            || (!lineEnd.isEmpty() && text.startsWith(lineEnd, next))
            || (comments && text.charAt(next) == '#');
    if (!closes && !relaxed) {
      throw new Malformed("a quote that ends before its field does", text, at, Optional.empty());
    }
    quoting = false;
    wasQuoting = true;
    if (!closes) {
      field.insert(0, '"');
    }
    return closes;
  }

  private void discover(int at) {
    if (lineEnd.isEmpty() && at < text.length()) {
      if (text.startsWith("\r\n", at)) {
        lineEnd = "\r\n";
      } else if (text.charAt(at) == '\n' || text.charAt(at) == '\r') {
        lineEnd = text.substring(at, at + 1);
      }
    }
  }

  private void endField() {
    row.add(field.toString());
    field = new StringBuilder();
    wasQuoting = false;
  }

  private void endRow() {
    if (wasQuoting || !row.isEmpty() || !field.isEmpty()) {
      endField();
      rows.add(List.copyOf(row));
      row = new ArrayList<>();
    }
  }
}
