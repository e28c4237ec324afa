package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.Convolution;
import io.github.weighbridge.core.layer.Dense;
import io.github.weighbridge.core.layer.Embedding;
import io.github.weighbridge.core.layer.Identity;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.RecurrentLayer;
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
      given(other + "_constraint").ifPresent(own -> lost.add(other + "_constraint"));
    }
    KERNELS.forEach(this::constrain);
    constrain("bias", "b");
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
        .with("regularization", decayed(regularization, updater))
        .with("regularizationBias", decayed(biasRegularization, updater))
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

  private static List<Tree> decayed(List<Tree> terms, Updater updater) {
    if (updater.weightDecay() == null) {
      return terms;
    }
    List<Tree> all = new ArrayList<>(terms);
    all.add(
        Dl4jObject.of(REGULARIZATION + "WeightDecay")
            .with("applyLR", true)
            .with("coeff", Schedules.fixed(updater.weightDecay()).tree())
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
    Optional<List<Integer>> axes = axes(options);
    if (name.equals("NonNeg")) {
      constraints.add(constraint("NonNegativeConstraint", parameter, null).tree());
    } else if (axes.isEmpty()) {
      lost.add(key);
    } else if (name.equals("MaxNorm")) {
      constraints.add(
          constraint("MaxNormConstraint", parameter, axes.get())
              .with("maxNorm", number(options, "max_value", 2))
              .tree());
    } else if (name.equals("MinMaxNorm") && number(options, "rate", 1) == 1) {
      // With another rate DL4J lets norms grow.
      constraints.add(
          constraint("MinMaxNormConstraint", parameter, axes.get())
              .with("max", number(options, "max_value", 1))
              .with("min", number(options, "min_value", 0))
              .with("rate", 1.0)
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
        .with("epsilon", 1e-7)
        .with("params", List.of(parameter));
  }

  /** Along which axes of DL4J's parameter norms are taken; nothing where it stands otherwise. */
  private Optional<List<Integer>> axes(Tree.Obj options) {
    List<Integer> axes =
        options
            .get("axis")
            .map(axis -> axis.isArray() ? axis.items() : List.of(axis))
            .orElse(List.of(Tree.of(0)))
            .stream()
            .map(axis -> axis.asLong().orElse(0L).intValue())
            .toList();
    if (layer instanceof Dense || layer instanceof Embedding || layer instanceof RecurrentLayer) {
      return axes.stream().allMatch(axis -> axis >= 0) ? Optional.of(axes) : Optional.empty();
    }
    if (layer instanceof Convolution convolution && convolution.rank() > 1) {
      // From [k..., in, out] to [out, in, k...].
      int rank = convolution.rank();
      boolean known = axes.stream().allMatch(axis -> axis >= 0 && axis < rank + 2);
      return known
          ? Optional.of(
              axes.stream().map(axis -> axis < rank ? axis + 2 : rank + 1 - axis).sorted().toList())
          : Optional.empty();
    }
    return Optional.empty();
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
