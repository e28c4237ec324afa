package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.tensor.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arguments that are written into a model. */
final class Literals {

  private Literals() {}

  /** A number, or nested lists of them. */
  static Argument of(Object plain) {
    return new Argument.Literal(Tree.of(plain));
  }

  /**
   * An array.
   *
   * @param numbers nested lists
   */
  static Argument array(DataType dtype, Object numbers) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("value", numbers);
    config.put("dtype", dtype.kerasName());
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("class_name", "__tensor__");
    members.put("config", config);
    return of(members);
  }

  /** The same number everywhere, in an array of these sizes. */
  static Object filled(Object number, long... sizes) {
    Object filled = number;
    for (int i = sizes.length - 1; i >= 0; i--) {
      List<Object> row = new ArrayList<>();
      for (long j = 0; j < sizes[i]; j++) {
        row.add(filled);
      }
      filled = row;
    }
    return filled;
  }

  /** Whether all numbers of an array are whole. */
  static boolean isWhole(Tree array) {
    return array.isArray()
        ? array.items().stream().allMatch(Literals::isWhole)
        : array instanceof Tree.Leaf leaf && leaf.value() instanceof Long;
  }

  /** {@code start:stop:step} in the key of an item. */
  static Tree slice(@Nullable Long start, @Nullable Long stop, @Nullable Long step) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("start", Tree.of(start));
    config.put("stop", Tree.of(stop));
    config.put("step", Tree.of(step));
    return Tree.of(Map.of("class_name", "__slice__", "config", config));
  }

  /** All of an axis. */
  static Tree all() {
    return slice(null, null, null);
  }

  /** The key of an item that takes part of one axis of so many. */
  static List<Tree> along(int rank, int axis, Tree part) {
    Tree[] key = new Tree[rank];
    Arrays.fill(key, all());
    key[axis] = part;
    return List.of(key);
  }
}
