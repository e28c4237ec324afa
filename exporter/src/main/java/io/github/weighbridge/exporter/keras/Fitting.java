package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.ActivationLayer;
import io.github.weighbridge.core.layer.CategoryOutput;
import io.github.weighbridge.core.layer.Convolution;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.IndexLookup;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.Numbers;
import io.github.weighbridge.core.layer.Relu;
import io.github.weighbridge.core.layer.Rescaling;
import io.github.weighbridge.core.layer.SeparableConvolution;
import io.github.weighbridge.core.layer.TextVectorization;
import io.github.weighbridge.core.layer.ThresholdedRelu;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.layer.ZeroPadding;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a model to what a generation of Keras can express, where another way to say it computes
 * the same: each rule is exact.
 */
final class Fitting {

  private final boolean keras3;
  private final HardSigmoids hardSigmoids;
  private final Map<LayerId, LayerInstance> fitted = new LinkedHashMap<>();
  private final Chains chains;
  private boolean rescaled;

  private Fitting(Model model, boolean keras3) {
    this.keras3 = keras3;
    this.hardSigmoids = keras3 ? HardSigmoids.toKeras3() : HardSigmoids.toKeras2();
    this.chains = new Chains(model, fitted);
  }

  /**
   * A model, and whether its weights were scaled: then the state of an optimizer fits no longer.
   */
  record Fitted(Model model, boolean rescaled) {}

  /** The model as Keras 3 can express it, or tf.keras 2.15. */
  static Fitted of(Model model, boolean keras3, Problems problems) {
    Fitting fitting = new Fitting(model, keras3);
    model.layers().forEach(layer -> fitting.fitted.put(layer.id(), layer));
    model.layers().forEach(fitting::fit);
    new LayerNames(model, keras3, problems).fit(fitting.fitted);
    if (!keras3) {
      TfKerasInputs.check(model, problems);
    }
    Model fitted = model.withLayers(fitting.fitted.values());
    return new Fitted(keras3 ? ExplicitMasks.in(fitted) : fitted, fitting.rescaled);
  }

  private void fit(LayerInstance instance) {
    Optional<LayerInstance> scaled = hardSigmoids.rescaled(instance);
    rescaled |= scaled.isPresent();
    scaled
        .or(() -> replaced(instance))
        .ifPresent(replacement -> fitted.put(instance.id(), replacement));
  }

  private Optional<LayerInstance> replaced(LayerInstance instance) {
    Layer layer = instance.layer();
    Optional<Double> factor = hardSigmoids.factorOf(layer);
    if (factor.isPresent()) {
      // No weight stands before the function: a factor does.
      List<Layer> chain =
          List.of(
              new Rescaling(Numbers.of(factor.get()), Numbers.of(0), true),
              new ActivationLayer(hardSigmoids.target()));
      return chains.chained(instance, chain, 1);
    }
    if (layer instanceof Convolution convolution && convolution.padding() == WindowPadding.HALF) {
      ZeroPadding margins =
          margins(
              convolution.kernelSize(),
              convolution.dilationRate(),
              convolution.padding(),
              convolution.dataFormat());
      return chains.chained(instance, List.of(margins, unpadded(layer)), 1);
    }
    if (!keras3) {
      return Optional.empty();
    }
    if (layer instanceof ThresholdedRelu thresholded) {
      return Optional.of(instance.withLayer(relu(thresholded, instance)));
    }
    if (layer instanceof SeparableConvolution convolution
        && convolution.padding() == WindowPadding.CAUSAL) {
      ZeroPadding margins =
          margins(
              convolution.kernelSize(),
              convolution.dilationRate(),
              convolution.padding(),
              convolution.dataFormat());
      return chains.chained(instance, List.of(margins, unpadded(layer)), 1);
    }
    return counted(layer)
        .flatMap(
            lookup ->
                chains.chained(
                    instance,
                    List.of(lookup, new Rescaling(Numbers.of(1), Numbers.of(0), true)),
                    0));
  }

  /** A lookup that gives whole numbers, as those of Keras 3 do, for one that gives float32. */
  private static Optional<Layer> counted(Layer layer) {
    boolean floats =
        (layer instanceof IndexLookup lookup
                && lookup.outputDtype() == DataType.FLOAT32
                && lookup.outputMode() != CategoryOutput.TF_IDF)
            || (layer instanceof TextVectorization text
                && text.outputDtype() == DataType.FLOAT32
                && text.outputMode() != CategoryOutput.TF_IDF);
    return floats
        ? Optional.of(with(layer, "output_dtype", Tree.of(DataType.INT64.kerasName())))
        : Optional.empty();
  }

  /** The zeros that "half" or "causal" padding puts before an image, and behind it. */
  private static ZeroPadding margins(
      List<Integer> kernelSize,
      List<Integer> dilationRate,
      WindowPadding padding,
      DataFormat dataFormat) {
    List<List<Integer>> margins = new ArrayList<>();
    for (int i = 0; i < kernelSize.size(); i++) {
      int extent = (kernelSize.get(i) - 1) * dilationRate.get(i) + 1;
      int before = padding == WindowPadding.CAUSAL ? extent - 1 : extent / 2;
      margins.add(List.of(before, extent - 1 - before));
    }
    return new ZeroPadding(margins, dataFormat);
  }

  private static Layer unpadded(Layer layer) {
    return with(layer, "padding", Tree.of("valid"));
  }

  private static Layer with(Layer layer, String key, Tree value) {
    return LayerCatalog.with(layer, Tree.object().with(key, value)).orElseThrow();
  }

  /** {@code x > theta} is {@code x >= the next number}. */
  private static Relu relu(ThresholdedRelu layer, LayerInstance instance) {
    boolean wide = instance.dtype().compute() == DataType.FLOAT64;
    double threshold =
        wide ? Math.nextUp(layer.theta()) : (double) Math.nextUp((float) layer.theta());
    return new Relu(null, 0, threshold);
  }
}
