package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.lowering.KerasFunctions;

/** The last step of sequences. */
final class LastSteps {

  private LastSteps() {}

  /** {@code [batch, features]} of a sequence, which DL4J has in a format. */
  static Value of(VertexReading vertex, Signal sequence, DataFormat format) {
    boolean last =
        format == DataFormat.CHANNELS_LAST || sequence.view() == Signal.View.FEATURES_FIRST;
    int steps = last ? 1 : 2;
    Tree.Obj options = Tree.object().with("indices", Tree.of(-1)).with("axis", Tree.of(steps));
    return vertex.call(
        "_last",
        new KerasOperation(KerasFunctions.named("Take").orElseThrow(), options, Tree.object()),
        sequence.value());
  }
}
