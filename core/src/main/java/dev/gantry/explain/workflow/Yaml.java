package dev.gantry.explain.workflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Makes nodes of a YAML text from its events, without recursion: depth and the growth by aliases
 * are bounded, so that no text costs more than a multiple of its length.
 */
final class Yaml {
  private static final int DEEPEST = 60;
  private static final int MOST_BY_ALIAS = 20_000;

  /** What came of a text. */
  sealed interface Read {
    /** The documents of the text. */
    record Tree(List<Node> documents) implements Read {}

    /** It is no YAML: what is wrong, and where, counted from 1. */
    record Broken(String what, int line, int column) implements Read {}
  }

  private static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int line;

    TooMuch(String message, int line) {
      super(message);
      this.line = line;
    }
  }

  /** A collection that is still open. */
  private static final class Open {
    private final boolean mapping;
    private final int line;
    private final Optional<Anchor> anchor;
    private final List<Node> items = new ArrayList<>();
    private final List<Node.Field> fields = new ArrayList<>();
    private final List<Node.Field> merged = new ArrayList<>();
    private Optional<Node.Text> key = Optional.empty();
    private boolean keyless;
    private int size = 1;

    Open(boolean mapping, int line, Optional<Anchor> anchor) {
      this.mapping = mapping;
      this.line = line;
      this.anchor = anchor;
    }

    void add(Node node, int weight) {
      size += weight;
      if (!mapping) {
        items.add(node);
      } else if (key.isPresent()) {
        field(key.get(), node);
        key = Optional.empty();
      } else if (keyless) {
        keyless = false; // the value of a key that is no scalar
      } else if (node instanceof Node.Text text) {
        key = Optional.of(text);
      } else {
        keyless = true;
      }
    }

    private void field(Node.Text name, Node value) {
      if (name.value().equals("<<")) {
        value.items().forEach(from -> merged.addAll(from.fields()));
      } else {
        fields.add(new Node.Field(name.value(), name.line(), value));
      }
    }

    Node close() {
      merged.addAll(fields);
      return mapping ? new Node.Fields(merged, line) : new Node.Items(items, line);
    }
  }

  private record Named(Node node, int size) {}

  private final List<Node> documents = new ArrayList<>();
  private final Deque<Open> open = new ArrayDeque<>();
  private final Map<Anchor, Named> anchors = new HashMap<>();
  private int byAlias;

  private Yaml() {}

  static Read read(String text) {
    var yaml = new Yaml();
    try {
      var settings = LoadSettings.builder().setAllowDuplicateKeys(true).build();
      new Parse(settings).parseString(text).forEach(yaml::event);
      return new Read.Tree(List.copyOf(yaml.documents));
    } catch (MarkedYamlEngineException e) {
      var mark = e.getProblemMark().or(e::getContextMark);
      return new Read.Broken(
          e.getProblem(),
          mark.map(Mark::getLine).orElse(0) + 1,
          mark.map(Mark::getColumn).orElse(0) + 1);
    } catch (TooMuch e) {
      return new Read.Broken(String.valueOf(e.getMessage()), e.line, 1);
    } catch (YamlEngineException e) {
      var bad = badCharacter(text);
      return new Read.Broken(
          "a character that YAML does not allow",
          1 + (int) text.substring(0, bad).chars().filter(c -> c == '\n').count(),
          bad - text.lastIndexOf('\n', Math.max(0, bad - 1)));
    }
  }

  private static int badCharacter(String text) {
    for (var at = 0; at < text.length(); at++) {
      var c = text.charAt(at);
      if ((c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == 127 || c >= 0xfffe) {
        return at;
      }
    }
    return 0;
  }

  private void event(Event event) {
    var line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
    switch (event.getEventId()) {
      case MappingStart -> start(true, line, event);
      case SequenceStart -> start(false, line, event);
      case MappingEnd, SequenceEnd -> end();
      case Scalar -> scalar((ScalarEvent) event, line);
      case Alias -> alias(((AliasEvent) event).getAlias(), line);
      case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> {}
    }
  }

  private void start(boolean mapping, int line, Event event) {
    if (open.size() >= DEEPEST) {
      throw new TooMuch("nested deeper than " + DEEPEST, line);
    }
    open.push(new Open(mapping, line, anchor(event)));
  }

  private static Optional<Anchor> anchor(Event event) {
    return event instanceof NodeEvent node ? node.getAnchor() : Optional.empty();
  }

  private void end() {
    var closed = open.pop();
    add(closed.close(), closed.size, closed.anchor);
  }

  private void scalar(ScalarEvent event, int line) {
    var last = event.getEndMark().map(Mark::getLine).orElse(0) + 1;
    var block = event.isLiteral() || event.isFolded();
    var text = new Node.Text(event.getValue(), line, block, !block && last > line);
    add(text, 1, event.getAnchor());
  }

  private void alias(Anchor name, int line) {
    var named = anchors.get(name);
    if (named == null) {
      throw new TooMuch("an alias without its anchor: *" + name, line);
    }
    byAlias += named.size();
    if (byAlias > MOST_BY_ALIAS) {
      throw new TooMuch("aliases that grow beyond all bounds", line);
    }
    add(named.node(), named.size(), Optional.empty());
  }

  private void add(Node node, int size, Optional<Anchor> anchor) {
    anchor.ifPresent(name -> anchors.put(name, new Named(node, size)));
    var in = open.peek();
    if (in == null) {
      documents.add(node);
    } else {
      in.add(node, size);
    }
  }
}
