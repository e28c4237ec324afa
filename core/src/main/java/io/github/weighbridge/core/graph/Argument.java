package io.github.weighbridge.core.graph;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One argument of a call, or the inputs or outputs of a model: a tree with values at its leaves.
 */
public sealed interface Argument {

  /** A tensor. */
  record Of(Value value) implements Argument {}

  /** A list or tuple. */
  record Items(List<Argument> elements) implements Argument {
    /** Copies the elements. */
    public Items {
      elements = List.copyOf(elements);
    }
  }

  /** A dictionary; in the order of the file, while Keras flattens it sorted by key. */
  record Entries(Map<String, Argument> members) implements Argument {
    /** Copies the members. */
    public Entries {
      members = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
  }

  /** Anything that is no tensor: a number, a slice, null, an array written into the file. */
  record Literal(Tree value) implements Argument {}

  /** The argument for "none". */
  static Argument none() {
    return new Literal(Tree.none());
  }

  /** A single tensor bare, several as a list. */
  static Argument of(List<Value> values) {
    return values.size() == 1
        ? new Of(values.get(0))
        : new Items(values.stream().<Argument>map(Of::new).toList());
  }

  /** Every value in the tree, in Keras's order: lists as they stand, dictionaries by sorted key. */
  default List<Value> values() {
    List<Value> values = new ArrayList<>();
    collect(this, values);
    return List.copyOf(values);
  }

  /** The same tree with other values at its leaves. */
  default Argument mapValues(UnaryOperator<Value> function) {
    if (this instanceof Of of) {
      return new Of(function.apply(of.value()));
    }
    if (this instanceof Items items) {
      return new Items(items.elements().stream().map(a -> a.mapValues(function)).toList());
    }
    if (this instanceof Entries entries) {
      Map<String, Argument> mapped = new LinkedHashMap<>();
      entries.members().forEach((k, a) -> mapped.put(k, a.mapValues(function)));
      return new Entries(mapped);
    }
    return this;
  }

  /** Whether this is the literal null. */
  default boolean isNone() {
    return this instanceof Literal literal && literal.value().isNull();
  }

  private static void collect(Argument argument, List<Value> values) {
    if (argument instanceof Of of) {
      values.add(of.value());
    } else if (argument instanceof Items items) {
      items.elements().forEach(a -> collect(a, values));
    } else if (argument instanceof Entries entries) {
      entries.members().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(e -> collect(e.getValue(), values));
    }
  }
}
