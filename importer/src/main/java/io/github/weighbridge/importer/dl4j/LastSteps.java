package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import java.util.ArrayList;
import java.util.List;

/** The last step of sequences. */
final class LastSteps {

  private LastSteps() {}

  /** {@code [batch, features]} of a sequence, which DL4J has in a format. */
  static Value of(VertexReading vertex, Signal sequence, DataFormat format) {
    boolean last =
        format == DataFormat.CHANNELS_LAST || sequence.view() == Signal.View.FEATURES_FIRST;
    int steps = last ? 1 : 2;
    List<Tree> keys = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      keys.add(Slices.ALL);
    }
    keys.add(Tree.of(-1));
    return vertex.function("GetItem", Tree.object(), sequence.value(), keys);
  }
}
