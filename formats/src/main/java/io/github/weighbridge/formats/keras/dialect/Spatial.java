package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Values per spatial axis, which may be written once for all. */
final class Spatial {

  private Spatial() {}

  /** A configuration whose sizes under these keys are lists: {@code 3} is {@code [3, 3]}. */
  static Tree.Obj lists(Tree.Obj config, int rank, String... keys) {
    Tree.Obj changed = config;
    for (String key : keys) {
      Tree value = config.get(key).orElse(Tree.none());
      if (value.asLong().isPresent()) {
        changed = changed.with(key, Tree.of(Collections.nCopies(rank, value)));
      }
    }
    return changed;
  }

  /**
   * A configuration whose margins are pairs: {@code 1} is one everywhere, {@code [1, 2]} is before
   * and after for a single axis, and one number per axis for more of them.
   */
  static Tree.Obj margins(Tree.Obj config, String key, int rank) {
    Tree value = config.get(key).orElse(Tree.none());
    if (value.asLong().isPresent()) {
      return config.with(key, Tree.of(Collections.nCopies(rank, pair(value))));
    }
    boolean numbers =
        value.isArray() && value.items().stream().allMatch(i -> i.asLong().isPresent());
    if (!numbers) {
      return config;
    }
    if (rank == 1 && value.items().size() == 2) {
      return config.with(key, Tree.of(List.of(value)));
    }
    List<Tree> pairs = new ArrayList<>();
    value.items().forEach(item -> pairs.add(pair(item)));
    return config.with(key, Tree.of(pairs));
  }

  private static Tree pair(Tree value) {
    return Tree.of(List.of(value, value));
  }
}
