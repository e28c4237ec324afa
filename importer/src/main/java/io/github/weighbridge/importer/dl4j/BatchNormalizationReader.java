package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.BatchNormalization;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * BatchNormalization. Parameters: gamma and beta, if they are not locked, then mean and variance,
 * or the decimal logarithm of the deviation in its place.
 */
final class BatchNormalizationReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    long size = config.size("nout");
    boolean locked = config.flag("lockGammaBeta", false);
    double gamma = config.number("gamma", 1);
    double beta = config.number("beta", 0);
    boolean scale = !locked || gamma != 1;
    boolean center = !locked || beta != 0;
    DataType dtype = vertex.parameters().dtype();
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    WeightRef ownGamma = locked ? vertex.parameters().constant(gamma, size) : vertex.take(size);
    WeightRef ownBeta = locked ? vertex.parameters().constant(beta, size) : vertex.take(size);
    if (scale) {
      weights.put("gamma", ownGamma);
    }
    if (center) {
      weights.put("beta", ownBeta);
    }
    weights.put("moving_mean", vertex.takeStatistic(size));
    WeightRef spread = vertex.takeStatistic(size);
    weights.put(
        "moving_variance",
        config.flag("useLogStd", false)
            ? WeightRef.mapped(dtype, v -> Math.pow(10, 2 * v[0]), List.of(spread))
            : spread);
    boolean first = vertex.format("cnn2DFormat", "NCHW") == DataFormat.CHANNELS_FIRST;
    int axis = first && vertex.input().rank() > 2 ? 1 : -1;
    axis =
        switch (vertex.input().view()) {
          case SAME -> axis;
          case FEATURES_FIRST -> first || vertex.input().rank() == 3 ? -1 : -2;
          case FLAT_STEPS -> first && vertex.input().rank() > 3 ? 2 : -1;
        };
    BatchNormalization layer =
        new BatchNormalization(
            axis,
            config.number("decay", 0.9),
            config.number("eps", 1e-5),
            center,
            scale,
            false,
            WeightTerms.zeros(),
            WeightTerms.ones(),
            WeightTerms.zeros(),
            WeightTerms.ones(),
            // DL4J's penalties leave it out.
            null,
            null,
            vertex.terms().constraint("beta", 0),
            vertex.terms().constraint("gamma", 0));
    Value result = vertex.call("", layer, weights, vertex.input().value());
    // Its activationFn, where the network has one for all layers, is never applied.
    return new Signal(result, vertex.input().view());
  }
}
