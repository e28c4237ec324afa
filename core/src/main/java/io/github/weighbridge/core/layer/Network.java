package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * A model: layers and how they are connected. The root of a file is one, and so is every nested
 * model.
 *
 * @param kind how it was built
 * @param className as the file names it; differs from the kind for subclasses
 * @param layers its layers, in the order of the file (which is the order of their weights)
 * @param graph calls of those layers
 */
public record Network(Kind kind, String className, List<LayerId> layers, Graph graph)
    implements Layer {

  /** How a model was built. */
  public enum Kind {
    SEQUENTIAL,
    FUNCTIONAL
  }

  /** Copies the layers. */
  public Network {
    layers = List.copyOf(layers);
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return call.childOutputs("", call.inputs());
  }
}
