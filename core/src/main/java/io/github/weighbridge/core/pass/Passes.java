package io.github.weighbridge.core.pass;

import io.github.weighbridge.core.graph.Graph;
import java.util.List;

/** The passes, in order. */
public final class Passes {

  private Passes() {}

  /** A lowered graph, fitted to a target that wants the channels there. */
  public static Graph fit(Graph graph, ChannelOrder channels) {
    List<Pass> passes =
        List.of(
            // Identities would hide what stands next to what.
            new Simplify(),
            // Before the layout: a convolution and its normalisation still have the same axes.
            new FoldBatchNormalization(),
            new AssignLayout(channels),
            // After the layout: it leaves pairs of transposes and transposed constants behind.
            new Simplify(),
            new FoldConstants(),
            new RemoveDead());
    Graph fitted = graph;
    for (Pass pass : passes) {
      fitted = pass.apply(fitted);
    }
    return fitted;
  }
}
