package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;
import java.util.Map;

/**
 * OCNNOutputLayer: {@code activation(x V) w}, one number for each sample. Parameters: w, V
 * column-major, and the number r that its loss takes for the border of the class.
 */
final class OneClassReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    int in = config.size("nin");
    int hidden = config.size("hiddenSize");
    WeightTerms terms = vertex.terms();
    WeightRef output = vertex.take(hidden, 1);
    WeightRef kernel = vertex.takeMatrix(in, hidden);
    vertex.take(1);
    Value shown =
        vertex.call(
            "_hidden",
            terms.dense(hidden, vertex.activation(), false),
            Map.of("kernel", kernel),
            vertex.array());
    Value column =
        vertex.call("", terms.dense(1, Activation.LINEAR, false), Map.of("kernel", output), shown);
    return Signal.same(
        vertex.function("GetItem", Tree.object(), column, List.of(Slices.ALL, Tree.of(0))));
  }
}
