package io.github.weighbridge.formats.config;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;

/** One YAML document as a tree, from the parser's events; snakeyaml's constructors are not used. */
final class YamlEvents {

  /** Aliases repeat whole trees: a few lines can stand for more than a memory holds. */
  private static final int MAX_NODES = 5_000_000;

  private static final String SAVE_AGAIN = "save the architecture again, with model.to_json()";

  private final Parser parser;
  private final Place place;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int nodes;

  /**
   * A node that aliases repeat.
   *
   * @param size how many nodes it has
   */
  private record Anchored(Tree tree, int size) {}

  YamlEvents(Parser parser, Place place) {
    this.parser = parser;
    this.place = place;
  }

  Tree document() {
    parser.getEvent(); // the stream's start
    if (parser.checkEvent(Event.ID.StreamEnd)) {
      throw problem(ProblemCode.CONFIG_MALFORMED, "must be YAML", "an empty text", SAVE_AGAIN);
    }
    parser.getEvent(); // the document's start
    Tree tree = node("", 0, false);
    parser.getEvent(); // the document's end
    if (!parser.checkEvent(Event.ID.StreamEnd)) {
      throw problem(ProblemCode.CONFIG_MALFORMED, "must be one document", "several", SAVE_AGAIN);
    }
    return tree;
  }

  private Tree node(String pointer, int depth, boolean inNumpyScalar) {
    if (depth > Json.MAX_DEPTH) {
      throw problem(
          ProblemCode.LIMIT_EXCEEDED,
          "must not be nested deeper than " + Json.MAX_DEPTH + " levels",
          "more",
          "the file is damaged or made to do harm");
    }
    int before = nodes;
    count(1);
    Event event = parser.getEvent();
    if (event instanceof AliasEvent alias) {
      return repeated(alias.getAnchor(), pointer);
    }
    Tree tree;
    if (event instanceof ScalarEvent scalar) {
      tree = new Tree.Leaf(pointer, scalar(scalar, pointer, inNumpyScalar));
    } else if (event instanceof SequenceStartEvent sequence) {
      tree = sequence(sequence.getTag(), pointer, depth, inNumpyScalar);
    } else {
      String tag = ((MappingStartEvent) event).getTag();
      YamlTag.requireData(tag, inNumpyScalar, place.withKey(pointer));
      tree = mapping(pointer, depth);
    }
    String anchor = ((NodeEvent) event).getAnchor();
    if (anchor != null) {
      anchors.put(anchor, new Anchored(tree, nodes - before));
    }
    return tree;
  }

  private Tree repeated(String anchor, String pointer) {
    Anchored anchored = anchors.get(anchor);
    if (anchored == null) {
      throw problem(
          ProblemCode.CONFIG_MALFORMED,
          "must name what stands before it",
          "the alias *" + anchor,
          SAVE_AGAIN);
    }
    count(anchored.size);
    return anchored.tree.movedTo(pointer);
  }

  /** A list; or the value that two calls of Python's stand for, by their arguments. */
  private Tree sequence(@Nullable String tag, String pointer, int depth, boolean inNumpyScalar) {
    if (YamlTag.NUMPY_SCALAR.equals(tag)) {
      Object number = NumpyScalar.of(elements(pointer, depth, true)).orElse(null);
      if (number == null) {
        throw ProblemsException.of(
            ProblemCode.CONFIG_MALFORMED,
            place.withKey(pointer),
            "must be a number of numpy",
            "other arguments",
            SAVE_AGAIN);
      }
      return new Tree.Leaf(pointer, number);
    }
    if (YamlTag.WRAPPED_LIST.equals(tag)) {
      List<Tree> arguments = elements(pointer, depth, false);
      if (arguments.size() == 1 && arguments.get(0).isArray()) {
        return arguments.get(0).movedTo(pointer);
      }
    }
    YamlTag.requireData(tag, inNumpyScalar, place.withKey(pointer));
    return new Tree.Arr(pointer, elements(pointer, depth, false));
  }

  private List<Tree> elements(String pointer, int depth, boolean inNumpyScalar) {
    List<Tree> elements = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      elements.add(node(pointer + "/" + elements.size(), depth + 1, inNumpyScalar));
    }
    parser.getEvent();
    return elements;
  }

  private Tree mapping(String pointer, int depth) {
    Map<String, Tree> members = new LinkedHashMap<>();
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      if (!(node(pointer, depth + 1, false) instanceof Tree.Leaf key)) {
        throw problem(
            ProblemCode.CONFIG_MALFORMED,
            "must have plain keys",
            "a list or map as key",
            SAVE_AGAIN);
      }
      String name = String.valueOf(key.value());
      Tree value = node(pointer + "/" + Pointer.escape(name), depth + 1, false);
      if (members.putIfAbsent(name, value) != null) {
        throw problem(
            ProblemCode.CONFIG_MALFORMED,
            "must not have a key twice",
            "'" + name + "' at " + (pointer.isEmpty() ? "the root" : pointer),
            SAVE_AGAIN);
      }
    }
    parser.getEvent();
    return new Tree.Obj(pointer, members);
  }

  private @Nullable Object scalar(ScalarEvent scalar, String pointer, boolean inNumpyScalar) {
    if (inNumpyScalar && YamlTag.isBytes(scalar.getTag())) {
      return YamlTag.BASE64 + scalar.getValue();
    }
    boolean plain = scalar.getImplicit().canOmitTagInPlainScalar();
    return YamlTag.value(
        scalar.getTag(), plain && scalar.isPlain(), scalar.getValue(), place.withKey(pointer));
  }

  private void count(int more) {
    nodes += more;
    if (nodes > MAX_NODES) {
      throw problem(
          ProblemCode.LIMIT_EXCEEDED,
          "must not have more than " + MAX_NODES + " values, repeated ones counted",
          "more",
          "the file is damaged or made to do harm");
    }
  }

  private ProblemsException problem(ProblemCode code, String rule, String found, String advice) {
    return ProblemsException.of(code, place, rule, found, advice);
  }
}
