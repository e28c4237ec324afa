package io.github.weighbridge.formats.keras;

import io.github.weighbridge.formats.hdf5.Hdf5Content;
import java.util.ArrayDeque;
import java.util.Deque;

/** Lays out weights by object path, as {@link PathWeightsReader} reads them. */
final class PathWeightsWriter {

  private record Open(Hdf5Content content, KerasWeights.Group group) {}

  private PathWeightsWriter() {}

  /**
   * An object without name and variables of its own has no group of variables, as in Keras 3; but
   * the root has one, because Keras 2 asks for it.
   */
  static void write(KerasWeights.ByPath weights, Hdf5Content root) {
    Deque<Open> left = new ArrayDeque<>();
    left.push(new Open(root, weights.root()));
    while (!left.isEmpty()) {
      Open next = left.pop();
      KerasWeights.Group group = next.group();
      if (next.content() == root || group.name().isPresent() || !group.vars().isEmpty()) {
        Hdf5Content vars = next.content().group(PathWeightsReader.VARS);
        group.name().ifPresent(name -> vars.text(PathWeightsReader.NAME, name));
        group.vars().forEach(vars::taggedDataset);
      }
      group
          .children()
          .forEach((name, child) -> left.push(new Open(next.content().group(name), child)));
    }
  }
}
