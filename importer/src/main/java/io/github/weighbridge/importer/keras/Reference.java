package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a call of a layer returned, as configurations refer to it.
 *
 * @param layer the layer's name
 * @param call which of its calls, counted from 0
 * @param output which of the outputs
 */
record Reference(String layer, long call, long output) {

  /** The reference that a tree is, if it is one. */
  static Optional<Reference> of(Tree tree) {
    if (!isReference(tree)) {
      return Optional.empty();
    }
    List<Tree> history =
        tree.asObject()
            .flatMap(t -> t.object("config"))
            .map(c -> c.items("keras_history"))
            .orElse(List.of());
    return Optional.of(
        history.size() == 3
            ? new Reference(
                history.get(0).asText().orElse(history.get(0).toString()),
                history.get(1).asLong().orElse(-1L),
                history.get(2).asLong().orElse(-1L))
            : new Reference("", -1, -1));
  }

  static boolean isReference(Tree tree) {
    return tree instanceof Tree.Obj object
        && object.text("class_name").filter("__keras_tensor__"::equals).isPresent();
  }

  /** Every reference within a tree. */
  static List<Tree> within(Tree tree) {
    List<Tree> found = new ArrayList<>();
    collect(tree, found);
    return found;
  }

  private static void collect(Tree tree, List<Tree> found) {
    if (isReference(tree)) {
      found.add(tree);
    } else if (tree instanceof Tree.Obj object) {
      object.members().values().forEach(member -> collect(member, found));
    } else {
      tree.items().forEach(item -> collect(item, found));
    }
  }

  @Override
  public String toString() {
    return "output " + output + " of call " + call + " of layer '" + layer + "'";
  }
}
