package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.ActivationLayer;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Dense;
import io.github.weighbridge.core.layer.Reshape;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * RecurrentAttentionLayer: {@code h = activation(x W + attention(h before, all x) R + b)}, and
 * without the second term for the first step. It is made for a number of steps, and unrolled, as in
 * DL4J. Parameters: W, R, those of the attention, b.
 */
final class RecurrentAttentionReader implements VertexReader {

  /** Every step is several calls. */
  private static final int MOST_STEPS = 2000;

  private static final Tree.Obj NONE = Tree.object();

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    int in = config.size("nin");
    int out = config.size("nout");
    int count = config.size("timeSteps");
    if (count == 0 || count > MOST_STEPS) {
      throw config.unsupported(
          "timeSteps", "must be from 1 to " + MOST_STEPS + ", known since it first ran");
    }
    boolean hasBias = config.flag("hasBias", true);
    WeightTerms terms = vertex.terms();
    WeightRef kernel = vertex.take(in, out);
    LayerId recurrent =
        vertex.add(
            "_recurrent",
            terms.dense(out, Activation.LINEAR, false),
            Map.of("kernel", vertex.take(out, out)));
    HeadAttention attention = HeadAttention.take(vertex, "_attention", out, in, in);
    WeightRef bias = hasBias ? vertex.take(out) : null;
    Value steps =
        vertex.call(
            "_steps", new Reshape(List.of(count, in)), vertex.sequence(DataFormat.CHANNELS_FIRST));
    Dense input = terms.dense(out, Activation.LINEAR, hasBias);
    Value sums = vertex.call("_input", input, VertexReading.kernelAndBias(kernel, bias), steps);
    LayerId activation =
        vertex.add(
            "_activation", new ActivationLayer(Activations.named(config, "activation")), Map.of());
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Value sum = Slices.of(vertex, sums, 1, i, i + 1);
      if (i > 0) {
        Value attended = attention.call(results.get(i - 1), steps, steps);
        Value term = vertex.call(recurrent, Arguments.of(List.of(attended)));
        sum = vertex.function("Add", NONE, sum, term);
      }
      results.add(vertex.call(activation, Arguments.of(List.of(sum))));
    }
    Value all = vertex.functionOfAll("Concatenate", NONE.with("axis", Tree.of(1)), results);
    return VertexReading.sequence(all, DataFormat.CHANNELS_FIRST);
  }
}
