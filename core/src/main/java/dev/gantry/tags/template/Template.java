package dev.gantry.tags.template;

import dev.gantry.oci.Malformed;
import dev.gantry.tags.template.Node.Program;

/** A template that was read and can be rendered many times. */
public final class Template {
  private final String source;
  private final Program program;

  private Template(String source, Program program) {
    this.source = source;
    this.program = program;
  }

  /**
   * How values get into the text.
   *
   * @param entities whether {@code & < > " ' ` =} become HTML entities, as they do in handlebars.js
   *     unless three braces are written
   * @param strict whether a name that the context does not have is an error
   */
  public record Dialect(boolean entities, boolean strict) {
    /** As handlebars.js does it. */
    public static final Dialect HANDLEBARS = new Dialect(true, false);

    /** No entities, and no unknown names. */
    public static final Dialect STRICT = new Dialect(false, true);
  }

  /**
   * Reads a template.
   *
   * @throws Malformed with the place of the first fault
   */
  public static Template parse(String source) {
    var program = TemplateParser.parse(source);
    Whitespace.remove(program);
    return new Template(source, program);
  }

  /** Whether a text holds anything but itself. */
  public static boolean isPlain(String text) {
    return !text.contains("{{") && text.indexOf('\0') < 0;
  }

  /** Whether a text is exactly one expression whose path is this one name. */
  public static boolean isOnly(String source, String name) {
    if (!source.startsWith("{{")) {
      return false;
    }
    try {
      var body = TemplateParser.parse(source).body();
      return body.size() == 1
          && body.getFirst() instanceof Node.Mustache mustache
          && !mustache.call().path().literal()
          && mustache.call().path().parts().equals(java.util.List.of(name));
    } catch (Malformed _) {
      return false;
    }
  }

  /** Whether an expression anywhere in the text begins with this name. */
  public boolean names(String name) {
    return Names.in(program).contains(name);
  }

  /**
   * The text with its expressions replaced.
   *
   * @throws Malformed for what cannot be evaluated: an unknown function, wrong arguments
   */
  public String render(Value.Obj context, Dialect dialect) {
    return new Renderer(source, context, dialect).render(program);
  }
}
