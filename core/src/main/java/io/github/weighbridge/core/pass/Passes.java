package io.github.weighbridge.core.pass;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Node;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Scan;
import java.util.ArrayList;
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
    return apply(passes, graph);
  }

  /**
   * A lowered graph in a form that does not depend on how its layers were written, with every
   * weight as the file has it; for comparisons.
   */
  public static Graph canonical(Graph graph, ChannelOrder channels) {
    return apply(
        List.of(new Simplify(), new AssignLayout(channels), new Simplify(), new RemoveDead()),
        graph);
  }

  /**
   * As {@link #canonical}, with steps once that are the same, and equal numbers as one constant: so
   * it does not depend on what was computed again where it was needed.
   */
  public static Graph shared(Graph graph, ChannelOrder channels) {
    return apply(List.of(new ShareSteps(), new RemoveDead()), canonical(graph, channels));
  }

  private static Graph apply(List<Pass> passes, Graph graph) {
    Graph result = withBodies(passes, graph);
    for (Pass pass : passes) {
      result = pass.apply(result);
    }
    return result;
  }

  /** The graph with its loops' bodies rewritten; to the graph around it a loop is one operation. */
  private static Graph withBodies(List<Pass> passes, Graph graph) {
    List<Node> nodes = new ArrayList<>();
    for (Step step : graph.steps()) {
      nodes.add(
          step.op() instanceof Scan scan
              ? new Step(
                  step.name(),
                  scan.withBody(apply(passes, scan.body())),
                  step.operands(),
                  step.outputs())
              : step);
    }
    return new Graph(
        graph.name(),
        graph.inputs(),
        graph.constants(),
        nodes,
        graph.outputs(),
        graph.outputNames());
  }
}
