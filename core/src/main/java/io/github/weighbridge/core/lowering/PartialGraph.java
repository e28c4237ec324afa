package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.model.LayerInstance;
import java.util.List;

/**
 * A model as operations, as far as it has any: calls that have none are cut out. What they return
 * are further inputs of the graph, behind the model's own; what they are given are further outputs,
 * behind those of the model's outputs that are known, cut by cut.
 *
 * @param cuts the calls that were cut out, in the order of the model
 * @param unseen layers whose calls stand behind one that returns nobody knows what; they are not in
 *     the graph
 */
public record PartialGraph(Graph graph, List<Cut> cuts, List<LayerInstance> unseen) {

  /**
   * A call without operations.
   *
   * @param scope its name, behind those of the models that it is in
   * @param given how many tensors it is given
   * @param returned how many it returns, as far as their types are known
   */
  public record Cut(LayerInstance layer, String scope, int given, int returned) {}

  /** Copies the lists. */
  public PartialGraph {
    cuts = List.copyOf(cuts);
    unseen = List.copyOf(unseen);
  }
}
