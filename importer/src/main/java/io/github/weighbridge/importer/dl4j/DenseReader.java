package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.ActivationLayer;
import io.github.weighbridge.core.layer.Axes;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.LayerNormalization;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * DenseLayer and the output layers that are one: OutputLayer, RnnOutputLayer. Parameters: the
 * kernel column-major, the bias, and with layer normalisation its gain. AutoEncoder is one too, its
 * encoder.
 */
final class DenseReader implements VertexReader {

  /** What stands behind the parameters of Dense and is for training alone. */
  private enum Rest {
    NONE,
    /** A bias of the inputs. */
    VISIBLE_BIAS,
    /** A point for each class. */
    CENTERS
  }

  private final Rest rest;

  private DenseReader(Rest rest) {
    this.rest = rest;
  }

  /** Reads DenseLayer, OutputLayer, RnnOutputLayer. */
  static DenseReader plain() {
    return new DenseReader(Rest.NONE);
  }

  /** Reads AutoEncoder. */
  static DenseReader withVisibleBias() {
    return new DenseReader(Rest.VISIBLE_BIAS);
  }

  /** Reads CenterLossOutputLayer, whose centers move without an updater. */
  static DenseReader withCenters() {
    return new DenseReader(Rest.CENTERS);
  }

  @Override
  public Signal read(VertexReading vertex) {
    Signal result = dense(vertex);
    ConfigObject config = vertex.config();
    switch (rest) {
      case NONE -> {}
      case VISIBLE_BIAS -> vertex.take(config.size("nin"));
      case CENTERS -> vertex.takeStatistic(config.size("nout"), config.size("nin"));
    }
    return result;
  }

  private static Signal dense(VertexReading vertex) {
    Signal input = vertex.input();
    if (vertex.config().simpleClass().equals("RnnOutputLayer")) {
      DataFormat format = vertex.format("rnnDataFormat", "NCW");
      return VertexReading.sequence(dense(vertex, vertex.sequence(format)), format);
    }
    if (input.view() == Signal.View.FLAT_STEPS) {
      return new Signal(dense(vertex, input.value()), Signal.View.FLAT_STEPS);
    }
    return Signal.same(dense(vertex, vertex.array()));
  }

  private static Value dense(VertexReading vertex, Value input) {
    ConfigObject config = vertex.config();
    WeightTerms terms = vertex.terms();
    int in = config.size("nin");
    int out = config.size("nout");
    boolean hasBias = config.flag("hasBias", true);
    boolean normalized = config.flag("hasLayerNorm", false);
    Activation activation = vertex.activation();
    WeightRef kernel = vertex.takeMatrix(in, out);
    WeightRef bias = hasBias ? vertex.take(out) : null;
    if (normalized) {
      return normalized(vertex, input, terms, Map.of("kernel", kernel), bias, activation);
    }
    return vertex.call(
        "",
        terms.constrainedDense(out, activation, hasBias),
        VertexReading.kernelAndBias(kernel, bias),
        input);
  }

  /** {@code activation(gain (x W - mean) / deviation + b)}: the bias is added behind. */
  private static Value normalized(
      VertexReading vertex,
      Value input,
      WeightTerms terms,
      Map<String, WeightRef> kernel,
      @Nullable WeightRef bias,
      Activation activation) {
    int out = vertex.config().size("nout");
    Value product =
        vertex.call("_product", terms.dense(out, Activation.LINEAR, false), kernel, input);
    WeightRef gain = vertex.take(out);
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    weights.put("gamma", gain);
    if (bias != null) {
      weights.put("beta", bias);
    }
    LayerNormalization normalization =
        new LayerNormalization(
            new Axes(List.of(-1), false),
            0,
            bias != null,
            true,
            false,
            WeightTerms.zeros(),
            WeightTerms.ones(),
            null,
            null,
            null,
            null,
            false);
    boolean linear = activation.equals(Activation.LINEAR);
    Value result = vertex.call(linear ? "" : "_normalized", normalization, weights, product);
    return linear ? result : vertex.call("", new ActivationLayer(activation), result);
  }
}
