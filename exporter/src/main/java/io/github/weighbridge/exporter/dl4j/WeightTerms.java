package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.BatchNormalization;
import io.github.weighbridge.core.layer.Convolution;
import io.github.weighbridge.core.layer.Dense;
import io.github.weighbridge.core.layer.DepthwiseConvolution;
import io.github.weighbridge.core.layer.Embedding;
import io.github.weighbridge.core.layer.Identity;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.PRelu;
import io.github.weighbridge.core.layer.RecurrentLayer;
import io.github.weighbridge.core.layer.SeparableConvolution;
import io.github.weighbridge.core.layer.TransposedConvolution;
import io.github.weighbridge.core.training.Constraint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a layer of Keras says of its weights beside their values, in the words of DL4J's BaseLayer:
 * how they were drawn, what they add to the loss, what holds them.
 *
 * <p>DL4J has one penalty for all kernels of a layer and one for its bias. It adds {@code l2 w} to
 * the gradient, where Keras's loss has {@code l2 w^2}: twice that.
 */
final class WeightTerms {

  private static final String REGULARIZATION = "org.nd4j.linalg.learning.regularization.";
  private static final String CONSTRAINTS = "org.deeplearning4j.nn.conf.constraint.";
  private static final String INITIALISERS = "org.deeplearning4j.nn.weights.WeightInit";
  private static final String DISTRIBUTIONS = "org.deeplearning4j.nn.conf.distribution.";

  /** Keras's weights by DL4J's names. */
  private static final Map<String, String> KERNELS = new LinkedHashMap<>();

  static {
    KERNELS.put("kernel", "W");
    KERNELS.put("depthwise", "W");
    KERNELS.put("embeddings", "W");
    KERNELS.put("recurrent", "RW");
    KERNELS.put("pointwise", "pW");
  }

  private final Layer layer;
  private final Tree.Obj config;
  private final List<String> lost = new ArrayList<>();
  private final List<Tree> regularization;
  private final List<Tree> biasRegularization;
  private final List<Tree> constraints = new ArrayList<>();

  private WeightTerms(Layer layer) {
    this.layer = layer;
    this.config =
        LayerCatalog.has(layer) ? LayerCatalog.binder().write((Record) layer) : Tree.object();
    this.regularization = ofKernels();
    this.biasRegularization = regularization("bias");
    for (String other : List.of("beta", "gamma", "alpha", "activity")) {
      given(other + "_regularizer").ifPresent(own -> lost.add(other + "_regularizer"));
    }
    KERNELS.forEach(this::constrain);
    constrain("bias", "b");
    constrain("beta", "beta");
    constrain("gamma", "gamma");
    constrain("alpha", "W");
  }

  /** Those of a layer. */
  static WeightTerms of(Layer layer) {
    return new WeightTerms(layer);
  }

  /** Those of layers without weights. */
  static WeightTerms none() {
    return of(new Identity(true));
  }

  /** What DL4J has nothing for, by Keras's keys. */
  List<String> lost() {
    return List.copyOf(lost);
  }

  /** The properties of a layer that is trained by an updater. */
  Dl4jObject in(Dl4jObject layerConfig, Updater updater) {
    return layerConfig
        .with("biasInit", constant(given("bias_initializer")).orElse(0.0))
        .with("constraints", constraints.isEmpty() ? null : constraints)
        .with("regularization", decayed(regularization, updater.weightDecay()))
        .with("regularizationBias", decayed(biasRegularization, updater.biasDecay()))
        .with("weightInitFn", initialiser());
  }

  /** How the recurrent kernel was drawn, if otherwise than the kernel. */
  @Nullable Tree recurrentInitialiser() {
    return given("recurrent_initializer").map(WeightTerms::initialiser).orElse(null);
  }

  private Tree initialiser() {
    return KERNELS.keySet().stream()
        .map(name -> given(name + "_initializer"))
        .flatMap(Optional::stream)
        .findFirst()
        .map(WeightTerms::initialiser)
        .orElseGet(() -> Dl4jObject.of(INITIALISERS + "Xavier").tree());
  }

  private Optional<Tree.Obj> given(String key) {
    return config.object(key);
  }

  private static Tree.Obj options(Tree.Obj object) {
    return object.object("config").orElse(Tree.object());
  }

  private static double number(Tree.Obj options, String key, double absent) {
    return options.get(key).flatMap(Tree::asDouble).orElse(absent);
  }

  private List<Tree> ofKernels() {
    List<List<Tree>> all =
        KERNELS.keySet().stream()
            .filter(name -> config.has(name + "_regularizer"))
            .map(this::regularization)
            .distinct()
            .toList();
    if (all.size() > 1) {
      lost.add("regularizers that differ from kernel to kernel");
      return List.of();
    }
    return all.isEmpty() ? List.of() : all.get(0);
  }

  private List<Tree> regularization(String weight) {
    Optional<Tree.Obj> regularizer = given(weight + "_regularizer");
    if (regularizer.isEmpty()) {
      return List.of();
    }
    String name = regularizer.get().text("class_name").orElse("");
    if (!List.of("L1", "L2", "L1L2").contains(name)) {
      lost.add(weight + "_regularizer " + name);
      return List.of();
    }
    Tree.Obj options = options(regularizer.get());
    List<Tree> terms = new ArrayList<>();
    term("L1Regularization", "l1", number(options, "l1", 0), terms);
    term("L2Regularization", "l2", 2 * number(options, "l2", 0), terms);
    return terms;
  }

  private static void term(String name, String key, double factor, List<Tree> terms) {
    if (factor != 0) {
      terms.add(
          Dl4jObject.of(REGULARIZATION + name).with(key, Schedules.fixed(factor).tree()).tree());
    }
  }

  private static List<Tree> decayed(List<Tree> terms, @Nullable Double decay) {
    if (decay == null) {
      return terms;
    }
    List<Tree> all = new ArrayList<>(terms);
    all.add(
        Dl4jObject.of(REGULARIZATION + "WeightDecay")
            .with("applyLR", true)
            .with("coeff", Schedules.fixed(decay).tree())
            .tree());
    return all;
  }

  private void constrain(String weight, String parameter) {
    String key = weight + "_constraint";
    Optional<Tree.Obj> constraint = given(key);
    if (constraint.isEmpty()) {
      return;
    }
    String name = constraint.get().text("class_name").orElse("");
    Tree.Obj options = options(constraint.get());
    Optional<List<Integer>> axes = axes(weight, options);
    if (name.equals("NonNeg") && isParameter(weight)) {
      constraints.add(constraint("NonNegativeConstraint", parameter, null).tree());
    } else if (axes.isEmpty()) {
      lost.add(key);
    } else if (name.equals("MaxNorm")) {
      constraints.add(
          constraint("MaxNormConstraint", parameter, axes.get())
              .with("epsilon", number(options, Constraint.EPSILON, Constraint.KERAS_EPSILON))
              .with("maxNorm", number(options, "max_value", 2))
              .tree());
    } else if (name.equals("MinMaxNorm") && isOfDl4j(options)) {
      constraints.add(
          constraint("MinMaxNormConstraint", parameter, axes.get())
              .with("epsilon", number(options, Constraint.EPSILON, Constraint.KERAS_EPSILON))
              .with("max", number(options, "max_value", 1))
              .with("min", number(options, "min_value", 0))
              .with("rate", number(options, "rate", 1))
              .tree());
    } else if (name.equals("UnitNorm")) {
      constraints.add(constraint("UnitNormConstraint", parameter, axes.get()).tree());
    } else {
      lost.add(key + " " + name);
    }
  }

  private static Dl4jObject constraint(
      String name, String parameter, @Nullable List<Integer> dimensions) {
    return Dl4jObject.of(CONSTRAINTS + name)
        .with("dimensions", dimensions)
        .with("epsilon", Constraint.KERAS_EPSILON)
        .with("params", List.of(parameter));
  }

  /** Whether DL4J holds norms as Keras does: with a rate below 1 it lets them grow. */
  private static boolean isOfDl4j(Tree.Obj options) {
    return number(options, "rate", 1) == 1
        || options.get(Constraint.SQUARES_REST).flatMap(Tree::asBoolean).orElse(false);
  }

  /** Along which axes of DL4J's parameter norms are taken; nothing where it stands otherwise. */
  private Optional<List<Integer>> axes(String weight, Tree.Obj options) {
    List<Integer> own = parameterAxes(weight);
    List<Integer> axes =
        options
            .get("axis")
            .map(axis -> axis.isArray() ? axis.items() : List.of(axis))
            .orElse(List.of(Tree.of(0)))
            .stream()
            .map(axis -> axis.asLong().orElse(-1L).intValue())
            .toList();
    return axes.stream().allMatch(axis -> axis >= 0 && axis < own.size())
        ? Optional.of(axes.stream().map(own::get).sorted().toList())
        : Optional.empty();
  }

  /** Whether a weight is a parameter of DL4J's layer by itself. */
  private boolean isParameter(String weight) {
    return switch (weight) {
      case "alpha" -> layer instanceof PRelu;
      case "beta", "gamma" -> layer instanceof BatchNormalization;
      default -> true;
    };
  }

  /** For each axis of a weight, that of DL4J's parameter; none where it stands otherwise. */
  private List<Integer> parameterAxes(String weight) {
    if (weight.equals("alpha") || !isParameter(weight)) {
      return List.of();
    }
    if (weight.equals("bias") || layer instanceof BatchNormalization) {
      return List.of(0);
    }
    if (layer instanceof Dense || layer instanceof Embedding || layer instanceof RecurrentLayer) {
      return List.of(0, 1);
    }
    if (layer instanceof Convolution own) {
      return behindChannels(own.rank());
    }
    if (layer instanceof SeparableConvolution own) {
      return behindChannels(own.rank());
    }
    if (layer instanceof TransposedConvolution own) {
      return own.rank() == 3 ? List.of(0, 1, 2, 3, 4) : behindChannels(own.rank());
    }
    return layer instanceof DepthwiseConvolution own && own.rank() == 2
        ? List.of(0, 1, 2, 3)
        : List.of();
  }

  /**
   * From {@code [k..., x, y]} to {@code [y, x, k...]}; in 1-D kernels stand in forms of their own.
   */
  private static List<Integer> behindChannels(int rank) {
    return switch (rank) {
      case 2 -> List.of(2, 3, 1, 0);
      case 3 -> List.of(2, 3, 4, 1, 0);
      default -> List.of();
    };
  }

  private static Optional<Double> constant(Optional<Tree.Obj> initializer) {
    return initializer.flatMap(
        own ->
            switch (own.text("class_name").orElse("")) {
              case "Zeros" -> Optional.of(0.0);
              case "Ones" -> Optional.of(1.0);
              case "Constant" -> Optional.of(number(options(own), "value", 0));
              default -> Optional.empty();
            });
  }

  private static Tree initialiser(Tree.Obj own) {
    Optional<Double> constant = constant(Optional.of(own));
    if (constant.isPresent()) {
      return Dl4jObject.of(INITIALISERS + "Constant").with("value", constant.get()).tree();
    }
    Tree.Obj options = options(own);
    return switch (own.text("class_name").orElse("")) {
      case "GlorotUniform" -> Dl4jObject.of(INITIALISERS + "XavierUniform").tree();
      case "HeNormal" -> Dl4jObject.of(INITIALISERS + "Relu").tree();
      case "HeUniform" -> Dl4jObject.of(INITIALISERS + "ReluUniform").tree();
      case "LecunNormal" -> Dl4jObject.of(INITIALISERS + "Normal").tree();
      case "LecunUniform" -> Dl4jObject.of(INITIALISERS + "LecunUniform").tree();
      case "VarianceScaling" -> scaling(options);
      case "Identity" ->
          Dl4jObject.of(INITIALISERS + "Identity").with("scale", number(options, "gain", 1)).tree();
      case "RandomNormal" -> distribution("NormalDistribution", normal(options));
      case "TruncatedNormal" -> distribution("TruncatedNormalDistribution", normal(options));
      case "RandomUniform" ->
          distribution(
              "UniformDistribution",
              Tree.object()
                  .with("lower", Tree.of(number(options, "minval", -0.05)))
                  .with("upper", Tree.of(number(options, "maxval", 0.05))));
      case "Orthogonal" ->
          distribution(
              "OrthogonalDistribution",
              Tree.object().with("gain", Tree.of(number(options, "gain", 1))));
      // GlorotNormal, and what DL4J has nothing for: never drawn from, the weights are there.
      default -> Dl4jObject.of(INITIALISERS + "Xavier").tree();
    };
  }

  private static Tree scaling(Tree.Obj options) {
    String uniform =
        options.text("distribution").orElse("").contains("uniform") ? "Uniform" : "Normal";
    String fan =
        switch (options.text("mode").orElse("")) {
          case "fan_out" -> "FanOut";
          case "fan_avg" -> "FanAvg";
          default -> "FanIn";
        };
    return Dl4jObject.of(INITIALISERS + "VarScaling" + uniform + fan)
        .with("scale", number(options, "scale", 1))
        .tree();
  }

  private static Tree.Obj normal(Tree.Obj options) {
    return Tree.object()
        .with("mean", Tree.of(number(options, "mean", 0)))
        .with("std", Tree.of(number(options, "stddev", 0.05)));
  }

  private static Tree distribution(String name, Tree.Obj own) {
    Tree.Obj typed = Tree.object().with("type", Tree.of(DISTRIBUTIONS + name));
    for (Map.Entry<String, Tree> member : own.members().entrySet()) {
      typed = typed.with(member.getKey(), member.getValue());
    }
    return Dl4jObject.of(INITIALISERS + "Distribution").with("distribution", typed).tree();
  }
}
