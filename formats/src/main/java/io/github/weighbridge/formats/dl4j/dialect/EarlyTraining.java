package io.github.weighbridge.formats.dl4j.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What versions before 1.0.0-beta4 say of training in numbers and constants of the layer: updaters
 * (up to 0.8.0), dropout (up to 0.9.1), regularisation and the first values of weights (up to
 * 1.0.0-beta3).
 */
final class EarlyTraining {

  private static final String UPDATERS = "org.nd4j.linalg.learning.config.";
  private static final String INITIALISERS = "org.deeplearning4j.nn.weights.WeightInit";
  private static final String DISTRIBUTIONS = "org.deeplearning4j.nn.conf.distribution.";

  private static final Map<String, String> INITIALISER_NAMES =
      Map.ofEntries(
          Map.entry("DISTRIBUTION", "Distribution"),
          Map.entry("IDENTITY", "Identity"),
          Map.entry("LECUN_NORMAL", "Normal"),
          Map.entry("LECUN_UNIFORM", "LecunUniform"),
          Map.entry("NORMAL", "Normal"),
          Map.entry("NORMALIZED", "Distribution"),
          Map.entry("RELU", "Relu"),
          Map.entry("RELU_UNIFORM", "ReluUniform"),
          Map.entry("SIGMOID_UNIFORM", "SigmoidUniform"),
          Map.entry("UNIFORM", "Uniform"),
          Map.entry("XAVIER", "Xavier"),
          Map.entry("XAVIER_FAN_IN", "Normal"),
          Map.entry("XAVIER_LEGACY", "XavierLegacy"),
          Map.entry("XAVIER_UNIFORM", "XavierUniform"));

  private EarlyTraining() {}

  /** A layer with what it says of training in objects. */
  static Tree.Obj stated(Tree.Obj layer, Tree.Obj conf) {
    Tree.Obj result = layer;
    if (layer.has("updater") && !layer.has("iupdater")) {
      result = updater(layer).map(own -> layer.with("iupdater", own)).orElse(layer);
    }
    result = dropout(result, conf);
    result = regularization(result, conf);
    return initialiser(result);
  }

  private static Optional<Tree> updater(Tree.Obj layer) {
    Tree.Obj rate = Tree.object();
    if (layer.has("learningRate")) {
      rate = rate.with("learningRate", layer.get("learningRate").orElseThrow());
    }
    return Optional.ofNullable(
        switch (layer.text("updater").orElse("")) {
          case "SGD" -> object("Sgd", rate);
          case "NONE" -> object("NoOp", Tree.object());
          case "NESTEROVS" ->
              object("Nesterovs", rate.with("momentum", number(layer, "momentum", 0.9)));
          case "ADAGRAD" -> object("AdaGrad", rate.with("epsilon", number(layer, "epsilon", 1e-6)));
          case "RMSPROP" ->
              object(
                  "RmsProp",
                  rate.with("epsilon", number(layer, "epsilon", 1e-8))
                      .with("rmsDecay", number(layer, "rmsDecay", 0.95)));
          case "ADADELTA" ->
              object(
                  "AdaDelta",
                  Tree.object()
                      .with("epsilon", number(layer, "epsilon", 1e-6))
                      .with("rho", number(layer, "rho", 0.95)));
          case "ADAM" -> object("Adam", moments(layer, rate));
          case "ADAMAX" -> object("AdaMax", moments(layer, rate));
          case "NADAM" -> object("Nadam", moments(layer, rate));
          default -> null;
        });
  }

  private static Tree.Obj moments(Tree.Obj layer, Tree.Obj rate) {
    return rate.with("beta1", number(layer, "adamMeanDecay", 0.9))
        .with("beta2", number(layer, "adamVarDecay", 0.999))
        .with("epsilon", number(layer, "epsilon", 1e-8));
  }

  private static Tree object(String name, Tree.Obj config) {
    return WrappedTypes.withClass(config, UPDATERS + name);
  }

  /** A number of the layer; NaN stands for the default of its time. */
  private static Tree number(Tree.Obj layer, String key, double absent) {
    return Tree.of(
        layer.get(key).flatMap(Tree::asDouble).filter(own -> !own.isNaN()).orElse(absent));
  }

  /** A number from 0 to 1 is what is kept of the input, or of the weights; 0 is none. */
  private static Tree.Obj dropout(Tree.Obj layer, Tree.Obj conf) {
    if (!layer.has("dropOut") || layer.has("idropout")) {
      return layer;
    }
    double kept = layer.get("dropOut").flatMap(Tree::asDouble).orElse(0.0);
    boolean ofWeights = conf.get("useDropConnect").flatMap(Tree::asBoolean).orElse(false);
    if (!(kept > 0 && kept < 1) || ofWeights) {
      return layer;
    }
    Tree.Obj dropout = Tree.object().with("p", Tree.of(kept));
    return layer.with(
        "idropout", WrappedTypes.withClass(dropout, "org.deeplearning4j.nn.conf.dropout.Dropout"));
  }

  private static Tree.Obj regularization(Tree.Obj layer, Tree.Obj conf) {
    if (layer.has("regularization") || !layer.has("l1")) {
      return layer;
    }
    // Up to 0.9.1 the numbers count only where the network says so.
    boolean counts = conf.get("useRegularization").flatMap(Tree::asBoolean).orElse(true);
    if (!counts) {
      return layer;
    }
    String biasL1 = layer.has("biasL1") ? "biasL1" : "l1Bias";
    String biasL2 = layer.has("biasL2") ? "biasL2" : "l2Bias";
    return layer
        .with("regularization", terms(layer, "l1", "l2"))
        .with("regularizationBias", terms(layer, biasL1, biasL2));
  }

  private static Tree terms(Tree.Obj layer, String l1, String l2) {
    List<Tree> terms = new ArrayList<>();
    term(layer, l1, "L1").ifPresent(terms::add);
    term(layer, l2, "L2").ifPresent(terms::add);
    return Tree.of(terms);
  }

  private static Optional<Tree> term(Tree.Obj layer, String key, String name) {
    double factor = layer.get(key).flatMap(Tree::asDouble).orElse(0.0);
    if (Double.isNaN(factor) || factor == 0) {
      return Optional.empty();
    }
    Tree.Obj schedule =
        WrappedTypes.withClass(
            Tree.object().with("value", Tree.of(factor)), "org.nd4j.linalg.schedule.FixedSchedule");
    return Optional.of(
        WrappedTypes.withClass(
            Tree.object().with(name.toLowerCase(Locale.ROOT), schedule),
            "org.nd4j.linalg.learning.regularization." + name + "Regularization"));
  }

  private static Tree.Obj initialiser(Tree.Obj layer) {
    Optional<String> name = layer.text("weightInit");
    if (layer.has("weightInitFn") || name.isEmpty()) {
      return layer;
    }
    Tree.Obj config = Tree.object();
    if (name.get().equals("ZERO") || name.get().equals("ONES")) {
      config = config.with("value", Tree.of(name.get().equals("ONES") ? 1.0 : 0.0));
      return layer.with("weightInitFn", WrappedTypes.withClass(config, INITIALISERS + "Constant"));
    }
    Optional<Tree.Obj> distribution = layer.object("dist").map(EarlyTraining::distribution);
    if (distribution.isPresent()) {
      config = config.with("distribution", distribution.get());
    }
    String className = INITIALISER_NAMES.getOrDefault(name.get(), name.get());
    return className.equals("Distribution") && distribution.isEmpty()
        ? layer
        : layer.with("weightInitFn", WrappedTypes.withClass(config, INITIALISERS + className));
  }

  /** Up to 0.8.0 a distribution stands in an object of one member; later ones have a type. */
  private static Tree.Obj distribution(Tree.Obj own) {
    if (own.has("type") || own.members().size() != 1) {
      return own;
    }
    String name = own.members().keySet().iterator().next();
    Tree.Obj inner = own.object(name).orElse(Tree.object());
    String type = Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Distribution";
    return inner.with("type", Tree.of(DISTRIBUTIONS + type));
  }
}
