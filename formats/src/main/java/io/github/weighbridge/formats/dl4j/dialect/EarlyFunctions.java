package io.github.weighbridge.formats.dl4j.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Functions by name, as 0.5.0 and 0.6.0 have them: activations as text, losses as a constant.
 * Losses of 0.5.0 only; 0.6.0 has the object beside.
 */
final class EarlyFunctions {

  private static final Map<String, String> ACTIVATIONS =
      Map.ofEntries(
          Map.entry("cube", "Cube"),
          Map.entry("elu", "ELU"),
          Map.entry("hardsigmoid", "HardSigmoid"),
          Map.entry("hardtanh", "HardTanH"),
          Map.entry("identity", "Identity"),
          Map.entry("leakyrelu", "LReLU"),
          Map.entry("rationaltanh", "RationalTanh"),
          Map.entry("relu", "ReLU"),
          Map.entry("rrelu", "RReLU"),
          Map.entry("sigmoid", "Sigmoid"),
          Map.entry("softmax", "Softmax"),
          Map.entry("softplus", "SoftPlus"),
          Map.entry("softsign", "SoftSign"),
          Map.entry("tanh", "TanH"));

  private static final Map<String, String> LOSSES =
      Map.ofEntries(
          Map.entry("COSINE_PROXIMITY", "CosineProximity"),
          Map.entry("HINGE", "Hinge"),
          Map.entry("KL_DIVERGENCE", "KLD"),
          Map.entry("L1", "L1"),
          Map.entry("L2", "L2"),
          Map.entry("MCXENT", "MCXENT"),
          Map.entry("MEAN_ABSOLUTE_ERROR", "MAE"),
          Map.entry("MEAN_ABSOLUTE_PERCENTAGE_ERROR", "MAPE"),
          Map.entry("MEAN_SQUARED_LOGARITHMIC_ERROR", "MSLE"),
          Map.entry("MSE", "MSE"),
          Map.entry("NEGATIVELOGLIKELIHOOD", "NegativeLogLikelihood"),
          Map.entry("POISSON", "Poisson"),
          Map.entry("RECONSTRUCTION_CROSSENTROPY", "KLD"),
          Map.entry("SQUARED_HINGE", "SquaredHinge"),
          Map.entry("SQUARED_LOSS", "MSE"),
          Map.entry("XENT", "BinaryXENT"));

  /** The functions of an RBM's hidden units. */
  private static final Map<String, String> HIDDEN_UNITS =
      Map.of("BINARY", "Sigmoid", "RECTIFIED", "ReLU", "SOFTMAX", "Softmax");

  private EarlyFunctions() {}

  /** A layer with its functions as objects. */
  static Tree.Obj named(Tree.Obj layer, Tree.Obj conf) {
    Tree.Obj result = encoder(layer);
    Optional<String> activation = result.text("activationFunction");
    if (activation.isPresent() && !result.has("activationFn")) {
      result =
          result
              .without("activationFunction")
              .with("activationFn", activation(activation.get(), conf));
    }
    boolean isGraves = layer.text(WrappedTypes.CLASS).orElse("").contains(".Graves");
    if (isGraves && !layer.has("gateActivationFn")) {
      result = result.with("gateActivationFn", object(WrappedTypes.activationClass("Sigmoid")));
    }
    Optional<String> loss = layer.text("lossFunction");
    if (loss.isPresent() && !layer.has("lossFn")) {
      String name = LOSSES.getOrDefault(loss.get(), loss.get());
      result = result.with("lossFn", object(WrappedTypes.lossClass(name)));
    }
    return result;
  }

  /**
   * A layer for pretraining as what it computes in predictions: an RBM is an encoder whose function
   * is that of its hidden units, and up to 0.6.0 the bias of what is visible is not in the file.
   */
  private static Tree.Obj encoder(Tree.Obj layer) {
    String className = layer.text(WrappedTypes.CLASS).orElse("");
    boolean isMachine = className.endsWith(".RBM");
    if (!isMachine && !className.endsWith(".AutoEncoder")) {
      return layer;
    }
    Tree.Obj result = layer;
    if (isMachine) {
      String function = HIDDEN_UNITS.get(layer.text("hiddenUnit").orElse(""));
      if (function == null) {
        // Gaussian units are drawn in predictions too.
        return layer;
      }
      result =
          layer
              .without("activationFunction")
              .with("activationFn", object(WrappedTypes.activationClass(function)));
    }
    boolean hasVisibleBias = layer.has("activationFn");
    String name = hasVisibleBias ? "AutoEncoder" : "DenseLayer";
    return result.with(WrappedTypes.CLASS, Tree.of("org.deeplearning4j.nn.conf.layers." + name));
  }

  private static Tree.Obj activation(String name, Tree.Obj conf) {
    String known = ACTIVATIONS.getOrDefault(name.toLowerCase(Locale.ROOT), name);
    Tree.Obj function = object(WrappedTypes.activationClass(known));
    // Its slope is a number of the layer's surroundings, 0 where nobody has set it.
    return known.equals("LReLU")
        ? function.with("alpha", conf.get("leakyreluAlpha").orElse(Tree.of(0.0)))
        : function;
  }

  private static Tree.Obj object(String className) {
    return Tree.object().with(WrappedTypes.CLASS, Tree.of(className));
  }
}
