package dev.gantry.cli;

import java.io.Serial;

/** A command line that cannot be carried out: what is wrong and what to write instead. */
public final class Misuse extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Text what;
  private final transient Text todo;

  /**
   * A refusal of the command line.
   *
   * @param what what is wrong and at which argument, one line
   * @param todo what to write instead, one line
   */
  public Misuse(Text what, Text todo) {
    super(what.en());
    this.what = what;
    this.todo = todo;
  }

  Text what() {
    return what;
  }

  Text todo() {
    return todo;
  }

  /** Both texts with values in their places. */
  public static Misuse of(Text what, Text todo, Object... values) {
    return new Misuse(
        new Text(what.in(Lang.EN, values), what.in(Lang.ZH, values)),
        new Text(todo.in(Lang.EN, values), todo.in(Lang.ZH, values)));
  }
}
