package dev.gantry.rehearsal.likeness;

import java.util.Arrays;
import java.util.List;

/** A row of a table with a bar between its cells; the cells missing at its end are empty. */
record Row(List<String> cells) {

  /** The rows of a table below the line that says what the columns are. */
  static List<Row> table(String text) {
    return text.lines()
        .skip(1)
        .map(line -> new Row(Arrays.stream(line.split("\\|", -1)).map(String::strip).toList()))
        .toList();
  }

  String cell(int column) {
    return column < cells.size() ? cells.get(column) : "";
  }

  @Override
  public String toString() {
    return String.join(" | ", cells);
  }
}
