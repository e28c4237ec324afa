package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Reshape;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;
import java.util.Map;

/**
 * SelfAttentionLayer, and LearnedSelfAttentionLayer, whose queries are parameters {@code [1,
 * features, queries]} before those of the attention.
 */
final class SelfAttentionReader implements VertexReader {

  private static final Tree.Obj NONE = Tree.object();

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    int in = config.size("nin");
    Value steps = vertex.sequence(DataFormat.CHANNELS_FIRST);
    Value queries =
        config.simpleClass().equals("LearnedSelfAttentionLayer")
            ? learned(vertex, steps, in)
            : steps;
    HeadAttention attention = HeadAttention.take(vertex, "", in, in, in);
    return VertexReading.sequence(attention.call(queries, steps, steps), DataFormat.CHANNELS_FIRST);
  }

  /** The same queries for every sample: a product with one. */
  private static Value learned(VertexReading vertex, Value steps, int in) {
    int count = vertex.config().size("nqueries");
    int size = Math.multiplyExact(count, in);
    WeightRef queries = vertex.take(in, count).transposed(1, 0).reshaped(1, size);
    Value first =
        vertex.function(
            "GetItem",
            NONE,
            steps,
            List.of(Slices.ALL, Tree.of(0), Slices.key(Tree.none(), Tree.of(1), Tree.none())));
    Value one = vertex.function("OnesLike", NONE, first);
    Value flat =
        vertex.call(
            "_queries",
            vertex.terms().dense(size, Activation.LINEAR, false),
            Map.of("kernel", queries),
            one);
    return vertex.call("_each", new Reshape(List.of(count, in)), flat);
  }
}
