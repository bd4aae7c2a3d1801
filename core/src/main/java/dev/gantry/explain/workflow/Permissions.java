package dev.gantry.explain.workflow;

import java.util.Map;

/**
 * What a permissions block grants the job's token. A block is an allow-list: what it does not name
 * is none (GitHub, "Workflow syntax", permissions).
 *
 * @param all read, write or none for every scope; empty where scopes are named
 * @param line of the block
 */
record Permissions(String all, Map<String, Node.Text> scopes, int line) {
  public Permissions {
    scopes = Map.copyOf(scopes);
  }

  static Permissions of(Node node, int line) {
    return switch (node) {
      case Node.Text text when text.value().equals("read-all") ->
          new Permissions("read", Map.of(), line);
      case Node.Text text when text.value().equals("write-all") ->
          new Permissions("write", Map.of(), line);
      case Node.Fields fields when !fields.all().isEmpty() ->
          new Permissions("", fields.map(), line);
      case Node.Text _, Node.Fields _, Node.Items _ -> new Permissions("none", Map.of(), line);
    };
  }

  /** read, write, none; the word itself where it is another. */
  String of(String scope) {
    var named = scopes.get(scope);
    return named != null ? named.value().strip() : all.isEmpty() ? "none" : all;
  }

  boolean writes(String scope) {
    return of(scope).equals("write");
  }

  /** Where the scope is named; else where the block begins. */
  int lineOf(String scope) {
    var named = scopes.get(scope);
    return named != null ? named.line() : line;
  }
}
