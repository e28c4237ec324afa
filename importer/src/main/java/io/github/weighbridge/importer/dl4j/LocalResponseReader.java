package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Permute;
import java.util.List;

/**
 * LocalResponseNormalization: {@code x / (k + alpha s)^beta}, {@code s} the sum of the squares of
 * the {@code n} channels around.
 */
final class LocalResponseReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    vertex.requireRank(vertex.input(), 4);
    boolean first = vertex.format("dataFormat", "NCHW") == DataFormat.CHANNELS_FIRST;
    Tree.Obj options =
        Tree.object()
            .with("depth_radius", Tree.of((long) config.number("n", 5) / 2))
            .with("bias", Tree.of(config.number("k", 2)))
            .with("alpha", Tree.of(config.number("alpha", 1e-4)))
            .with("beta", Tree.of(config.number("beta", 0.75)));
    Value image = vertex.array();
    Value last = first ? vertex.call("_last", new Permute(List.of(2, 3, 1)), image) : image;
    Value result = vertex.function("tf.nn.local_response_normalization", options, last);
    return Signal.same(
        first ? vertex.call("_first", new Permute(List.of(3, 1, 2)), result) : result);
  }
}
