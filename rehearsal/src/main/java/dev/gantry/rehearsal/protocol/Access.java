package dev.gantry.rehearsal.protocol;

/** What the sender of a request may do. */
public interface Access {
  /** Everything. */
  Access ALL = (_, _) -> true;

  /** Whether this action ({@code pull}, {@code push}, {@code delete}) is allowed there. */
  boolean allows(String repository, String action);

  /** The action that an operation on a repository needs. */
  static String action(Operation operation) {
    if (operation.deletes()) {
      return "delete";
    }
    return operation.writes() || operation == Operation.UPLOAD_STATUS ? "push" : "pull";
  }
}
