package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Attention;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.MultiHeadAttention;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every attention of DL4J computes: {@code softmax(query key / sqrt(size)) value}, in several
 * heads where it projects its inputs. Parameters: Wq, Wk and Wv {@code [heads, headSize, in]}, Wo
 * {@code [heads headSize, out]}; none without projections.
 *
 * @param vertex which has it
 * @param layer added, and not called yet
 * @param projects whether it has parameters, and so is a layer of heads
 */
record HeadAttention(VertexReading vertex, LayerId layer, boolean projects) {

  /** Takes the parameters, for queries, keys and values of so many features. */
  static HeadAttention take(VertexReading vertex, String suffix, int query, int key, int value) {
    boolean projects = vertex.config().flag("projectInput", false);
    return projects
        ? new HeadAttention(vertex, heads(vertex, suffix, query, key, value), true)
        : new HeadAttention(vertex, scaled(vertex, suffix, key), false);
  }

  private static LayerId heads(VertexReading vertex, String suffix, int query, int key, int value) {
    ConfigObject config = vertex.config();
    WeightTerms terms = vertex.terms();
    int heads = config.size("nheads");
    int size = config.size("headSize");
    int out = config.size("nout");
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    weights.put("query_kernel", vertex.take(heads, size, query).transposed(2, 0, 1));
    weights.put("key_kernel", vertex.take(heads, size, key).transposed(2, 0, 1));
    weights.put("value_kernel", vertex.take(heads, size, value).transposed(2, 0, 1));
    weights.put("output_kernel", vertex.take(heads, size, out));
    MultiHeadAttention layer =
        new MultiHeadAttention(
            heads,
            size,
            size,
            0,
            false,
            false,
            List.of(out),
            null,
            null,
            terms.kernel(),
            WeightTerms.zeros(),
            terms.kernelRegularizer(),
            null,
            null,
            null,
            null,
            null,
            true,
            true,
            true);
    return vertex.add(suffix, layer, weights);
  }

  /** Keras's layer divides by nothing, and multiplies by a number that is trained. */
  private static LayerId scaled(VertexReading vertex, String suffix, int features) {
    Layer layer = new Attention(true, Attention.ScoreMode.DOT, 0, false, null);
    WeightRef scale = vertex.parameters().constant(1 / Math.sqrt(features));
    return vertex.frozen(true).add(suffix, layer, Map.of("scale", scale));
  }

  /** Calls it on sequences {@code [batch, steps, features]}. */
  Value call(Value query, Value key, Value value) {
    List<Value> inputs = List.of(query, value, key);
    if (!projects) {
      return vertex.call(layer, Arguments.of(inputs));
    }
    List<Argument> arguments = inputs.stream().<Argument>map(Argument.Of::new).toList();
    return vertex.call(layer, new Arguments(arguments, Map.of()));
  }
}
