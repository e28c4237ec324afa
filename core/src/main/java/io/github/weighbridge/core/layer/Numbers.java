package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.ConfigType;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One number or a (nested) list of numbers, as a configuration has them.
 *
 * @param values the numbers, row by row
 * @param sizes how many there are along each axis; empty for one number
 */
public record Numbers(List<Double> values, List<Integer> sizes) {

  /** How they stand in a configuration. */
  public static final ConfigType<Numbers> CONFIG_TYPE =
      new ConfigType<>(
          Numbers.class,
          "a number or lists of numbers of equal length",
          Numbers::read,
          n -> n.tree());

  /** Copies the lists. */
  public Numbers {
    values = List.copyOf(values);
    sizes = List.copyOf(sizes);
    Rules.require(
        values.size() == sizes.stream().mapToInt(n -> n).reduce(1, (a, b) -> a * b),
        "lists must be equally long");
  }

  /** One number. */
  public static Numbers of(double value) {
    return new Numbers(List.of(value), List.of());
  }

  /** Whether this is one number and no list. */
  public boolean isScalar() {
    return sizes.isEmpty();
  }

  /** The sizes as a shape. */
  public Shape shape() {
    return Shape.of(sizes.stream().mapToLong(n -> n).toArray());
  }

  /** The numbers as a float64 tensor. */
  public Tensor tensor() {
    return Tensor.of(values.stream().mapToDouble(v -> v).toArray(), shape().sizes());
  }

  /** Refuses unless numpy's broadcasting brings the numbers to a shape without changing that. */
  void requireBroadcastTo(Shape shape, String key) {
    boolean fits = sizes.size() <= shape.rank();
    for (int i = 1; fits && i <= sizes.size(); i++) {
      int size = sizes.get(sizes.size() - i);
      Dim dim = shape.dim(shape.rank() - i);
      fits = size == 1 || !dim.isFixed() || dim.size() == size;
    }
    Rules.require(fits, key + " has shape " + shape() + ", which does not broadcast to " + shape);
  }

  private static Numbers read(Tree tree) {
    List<Double> values = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    collect(tree, 0, values, sizes);
    return new Numbers(values, sizes);
  }

  private static void collect(Tree tree, int depth, List<Double> values, List<Integer> sizes) {
    if (!tree.isArray()) {
      values.add(
          tree.asDouble().orElseThrow(() -> new IllegalArgumentException(tree + " is no number")));
      Rules.require(depth == sizes.size(), "lists must be equally deep");
      return;
    }
    List<Tree> items = tree.items();
    if (depth == sizes.size()) {
      Rules.require(values.isEmpty(), "lists must be equally deep");
      sizes.add(items.size());
    }
    Rules.require(Objects.equals(sizes.get(depth), items.size()), "lists must be equally long");
    items.forEach(item -> collect(item, depth + 1, values, sizes));
  }

  private Tree tree() {
    return tree(0, 0, values.size());
  }

  private Tree tree(int axis, int from, int to) {
    if (axis == sizes.size()) {
      return Tree.of(values.get(from));
    }
    List<Tree> items = new ArrayList<>();
    int step = sizes.get(axis) == 0 ? 0 : (to - from) / sizes.get(axis);
    for (int i = 0; i < sizes.get(axis); i++) {
      items.add(tree(axis + 1, from + i * step, from + (i + 1) * step));
    }
    return Tree.of(items);
  }
}
