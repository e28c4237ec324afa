package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What DL4J's layers have in common: the properties of its base classes, with the values that
 * DL4J's builders give them. Everything is written out, because DL4J's defaults for absent
 * properties differ from those.
 */
final class LayerTemplates {

  /** The package of most layers. */
  static final String LAYERS = "org.deeplearning4j.nn.conf.layers.";

  private final Updater updater;
  private final WeightTerms terms;

  /**
   * Templates for a layer.
   *
   * @param updater changes its weights
   * @param terms what else it says of them
   */
  LayerTemplates(Updater updater, WeightTerms terms) {
    this.updater = updater;
    this.terms = terms;
  }

  /** The rule by which the layer's weights change. */
  Tree updater() {
    return updater.config();
  }

  /** DL4J's Layer: no parameters, no activation. */
  static Dl4jObject plain(String simpleName) {
    return Dl4jObject.of(LAYERS + simpleName)
        .with("constraints", null)
        .with("gradientNormalization", "None")
        .with("gradientNormalizationThreshold", 0.0)
        .with("idropout", null);
  }

  /** DL4J's ActivationLayer. */
  static Dl4jObject activation(Tree activation) {
    return plain("ActivationLayer").with("activationFn", activation);
  }

  /** DL4J's BaseLayer. */
  Dl4jObject base(String simpleName, Tree activation) {
    Updater ofBiases = updater.hasOneRule() ? null : updater.biases();
    return terms.in(
        plain(simpleName)
            .with("activationFn", activation)
            .with("biasUpdater", ofBiases == null ? null : ofBiases.config())
            .with("gainInit", 1.0)
            .with("gradientNormalization", updater.clipping().name())
            .with("gradientNormalizationThreshold", updater.clipping().threshold())
            .with("iupdater", updater.config())
            .with("weightNoise", null),
        updater);
  }

  /** DL4J's FeedForwardLayer. */
  Dl4jObject feedForward(String simpleName, Tree activation, long in, long out) {
    return base(simpleName, activation)
        .with("nin", in)
        .with("nout", out)
        .with("timeDistributedFormat", null);
  }

  /** DL4J's BaseRecurrentLayer, on sequences of an RNNFormat. */
  Dl4jObject recurrent(String simpleName, Tree activation, long in, long out, String format) {
    return feedForward(simpleName, activation, in, out)
        .with("rnnDataFormat", format)
        .with("weightInitFnRecurrent", terms.recurrentInitialiser());
  }

  /** DL4J's ConvolutionLayer. */
  Dl4jObject convolution(
      String simpleName, Tree activation, long in, long out, boolean hasBias, Window window) {
    return feedForward(simpleName, activation, in, out)
        .with("cnn2dDataFormat", window.format2d())
        .with("convolutionMode", window.mode())
        .with("cudnnAlgoMode", "PREFER_FASTEST")
        .with("cudnnAllowFallback", true)
        .with("cudnnBwdDataAlgo", null)
        .with("cudnnBwdFilterAlgo", null)
        .with("cudnnFwdAlgo", null)
        .with("dilation", window.dilation())
        .with("hasBias", hasBias)
        .with("kernelSize", window.size())
        .with("padding", window.padding())
        .with("stride", window.strides());
  }

  /** A list with every element of the first, then one repeated to a length. */
  static List<Integer> filled(List<Integer> start, int length, int element) {
    List<Integer> all = new ArrayList<>(start);
    all.addAll(Collections.nCopies(Math.max(0, length - start.size()), element));
    return all;
  }
}
