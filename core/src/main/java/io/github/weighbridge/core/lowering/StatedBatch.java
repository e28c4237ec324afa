package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.InputLayer;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sizes that a file states for the batches of a model's inputs. Keras enforces none, so a model
 * runs with others; unless what it computes depends on them, or they differ and are none of a
 * batch.
 */
final class StatedBatch {

  private StatedBatch() {}

  /** The shapes of the inputs with such a size, by name. */
  static Map<String, Shape> shapes(Model model) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Call call : model.network().graph().calls()) {
      if (model.layer(call.layer()).layer() instanceof InputLayer input
          && !input.batchShape().isEmpty()) {
        Long size = input.batchShape().get(0);
        for (Value output : call.outputs()) {
          if (size != null) {
            Shape open = output.type().shape();
            shapes.put(output.name(), open.withDim(0, Dim.of(size)));
          }
        }
      }
    }
    return shapes;
  }

  /** Whether the sizes count: one may be broadcast to another, or left out where it is 1. */
  static boolean counts(Model model, Map<String, Shape> shapes) {
    long inputs = model.network().graph().inputValues().size();
    long sizes = shapes.values().stream().map(shape -> shape.dim(0)).distinct().count();
    return !shapes.isEmpty()
        && (shapes.size() < inputs || sizes > 1 || (isOne(shapes) && squeezes(model)));
  }

  private static boolean isOne(Map<String, Shape> shapes) {
    return shapes.values().stream().allMatch(shape -> shape.dim(0).equals(Dim.of(1)));
  }

  private static boolean squeezes(Model model) {
    return model.network().graph().calls().stream()
        .anyMatch(
            call ->
                model.layer(call.layer()).layer() instanceof KerasOperation operation
                    && operation.function().name().equals("Squeeze")
                    && operation.arguments().get("axis").map(Tree::isNull).orElse(true));
  }
}
