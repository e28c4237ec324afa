package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import java.util.Set;

/**
 * Layers and vertices that DL4J has as SameDiff graphs. 1.0.0-M2.1 gives twice their gradients, to
 * parameters and inputs (measured against differences of the loss; M1.1 and beta7 do not), so that
 * training goes on otherwise elsewhere.
 */
final class DoubledGradients {

  private static final Set<String> SAME_DIFF =
      Set.of(
          "AttentionVertex",
          "CapsuleLayer",
          "LearnedSelfAttentionLayer",
          "LocallyConnected1D",
          "LocallyConnected2D",
          "PrimaryCapsules",
          "RecurrentAttentionLayer",
          "SelfAttentionLayer");

  private DoubledGradients() {}

  /** Tells of those of a network of M2.1. */
  static void tell(Dl4jNetwork network, Place file, Problems problems) {
    for (Dl4jVertex vertex : network.vertices()) {
      if (SAME_DIFF.contains(vertex.simpleClass()) && !isHalved(network, vertex)) {
        problems.warning(
            ProblemCode.CONFIG_VALUE_INVALID,
            file.withLayer(vertex.name(), vertex.simpleClass()),
            "is trained by twice its gradients in DL4J 1.0.0-M2.1",
            "a compiled model, which other formats train by once its gradients",
            "");
      }
    }
  }

  /** Whether half of its result passes what hands no gradient on, as our zips have it. */
  private static boolean isHalved(Dl4jNetwork network, Dl4jVertex vertex) {
    return network.vertices().stream()
        .anyMatch(
            other ->
                other.simpleClass().equals("FrozenVertex")
                    && other.inputs().contains(vertex.name()));
  }
}
