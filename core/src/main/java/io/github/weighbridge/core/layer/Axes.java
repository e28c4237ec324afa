package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.ConfigType;
import io.github.weighbridge.core.config.Tree;
import java.util.List;

/**
 * One axis or several, as the file has them.
 *
 * @param values the axes; negative ones count from the end
 * @param list whether the file has a list, even of one
 */
public record Axes(List<Integer> values, boolean list) {

  /** How they stand in a configuration: a number or a list. */
  public static final ConfigType<Axes> CONFIG_TYPE =
      new ConfigType<>(Axes.class, "an axis or a list of axes", Axes::read, Axes::write);

  /** Copies the axes. */
  public Axes {
    values = List.copyOf(values);
    Rules.require(!values.isEmpty(), "an axis is needed");
  }

  /** The axes counted from 0, ascending. */
  public List<Integer> counted(int rank) {
    return values.stream().map(a -> Rules.axis(a, rank)).sorted().distinct().toList();
  }

  private static Axes read(Tree tree) {
    if (tree.isArray()) {
      return new Axes(tree.items().stream().map(Axes::number).toList(), true);
    }
    return new Axes(List.of(number(tree)), false);
  }

  private static int number(Tree tree) {
    return tree.asLong()
        .filter(axis -> axis == axis.intValue())
        .map(Long::intValue)
        .orElseThrow(() -> new IllegalArgumentException(tree + " is no whole number"));
  }

  private static Tree write(Axes axes) {
    return axes.list() ? Tree.of(axes.values()) : Tree.of(axes.values().get(0));
  }
}
