package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/** What is known of a call before anything is computed. */
public interface CallTypes {

  /** The types of the first argument, flattened, floating-point ones as the layer casts them. */
  List<TensorType> inputs();

  /** The types of a keyword argument, flattened; empty if it is absent. */
  List<TensorType> keyword(String name);

  /** Every argument of the call. */
  Arguments arguments();

  /** The type in which the layer computes. */
  DataType computeType();

  /** The type in which the layer keeps its weights. */
  DataType variableType();

  /** How the layer keeps its kernel, where it is quantised. */
  Optional<Quantization> quantization();

  /** The types that an inner layer returns for these inputs. */
  List<TensorType> childOutputs(String child, List<TensorType> inputs);

  /** The weights of an inner layer that is called with these inputs. */
  List<WeightSpec> childWeights(String child, List<TensorType> inputs);

  /** An inner layer. */
  Optional<Layer> child(String name);

  /**
   * The type of the only input.
   *
   * @throws IllegalArgumentException if there is another number of them
   */
  default TensorType input() {
    Rules.require(inputs().size() == 1, "one input is needed, got " + inputs().size());
    return inputs().get(0);
  }

  /** The shape of the only input, which must have this rank. */
  default Shape shapeOfRank(int rank) {
    Shape shape = input().shape();
    Rules.require(shape.rank() == rank, "an input of rank " + rank + " is needed, got " + shape);
    return shape;
  }
}
