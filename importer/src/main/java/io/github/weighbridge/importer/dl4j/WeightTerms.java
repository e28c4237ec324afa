package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.Dense;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a layer's configuration says of its weights beside their values: how they were drawn, what
 * they add to the loss, what they are held to.
 */
final class WeightTerms {

  private final ConfigObject config;
  private final Constraints constraints;

  /** Those of a layer of a network with these constraints. */
  WeightTerms(ConfigObject config, Constraints constraints) {
    this.config = config;
    this.constraints = constraints;
  }

  /** Zeros. */
  static Initializer zeros() {
    return new Initializer("Zeros", Tree.object());
  }

  /** Ones. */
  static Initializer ones() {
    return new Initializer("Ones", Tree.object());
  }

  /** Of the kernel; where Keras has none such, its own default. */
  Initializer kernel() {
    return config
        .optionalObject("weightInitFn")
        .map(WeightTerms::initializer)
        .orElseGet(WeightTerms::glorot);
  }

  /** Of a recurrent kernel: that of the kernel if it has none of its own. */
  Initializer recurrent() {
    return config
        .optionalObject("weightInitFnRecurrent")
        .map(WeightTerms::initializer)
        .orElseGet(this::kernel);
  }

  /** Of the bias. */
  Initializer bias() {
    double value = config.number("biasInit", 0);
    return value == 0 ? zeros() : constant(value);
  }

  /** A dense layer of such weights, whatever the layer calls its parameters. */
  Dense dense(int units, Activation activation, boolean useBias) {
    return dense(units, activation, useBias, null, null);
  }

  /** A dense layer of the parameters W and b. */
  Dense constrainedDense(int units, Activation activation, boolean useBias) {
    return dense(units, activation, useBias, constraint("W", 0, 1), constraint("b", 0));
  }

  private Dense dense(
      int units,
      Activation activation,
      boolean useBias,
      @Nullable Constraint kernelConstraint,
      @Nullable Constraint biasConstraint) {
    return new Dense(
        units,
        activation,
        useBias,
        kernel(),
        bias(),
        kernelRegularizer(),
        biasRegularizer(),
        null,
        kernelConstraint,
        biasConstraint,
        null);
  }

  /**
   * What a parameter is held to.
   *
   * @param axes for each axis of the parameter in DL4J, that of the weight in Keras; none where
   *     both are not laid out alike
   */
  @Nullable Constraint constraint(String parameter, int... axes) {
    return constraints.of(config, parameter, axes);
  }

  /** What the kernel adds to the loss. */
  @Nullable Regularizer kernelRegularizer() {
    return regularizer(config.objects("regularization"));
  }

  /** What the bias adds to the loss. */
  @Nullable Regularizer biasRegularizer() {
    return regularizer(config.objects("regularizationBias"));
  }

  private static Initializer glorot() {
    return seeded("GlorotUniform", Tree.object());
  }

  private static Initializer initializer(ConfigObject init) {
    double scale = init.number("scale", 1);
    return switch (init.simpleClass()) {
      case "WeightInitXavier" -> seeded("GlorotNormal", Tree.object());
      case "WeightInitRelu" -> seeded("HeNormal", Tree.object());
      case "WeightInitReluUniform" -> seeded("HeUniform", Tree.object());
      case "WeightInitNormal" -> seeded("LecunNormal", Tree.object());
      case "WeightInitLecunUniform" -> seeded("LecunUniform", Tree.object());
      // From -1 / sqrt(in) to 1 / sqrt(in), and 4 times Glorot's.
      case "WeightInitUniform" -> scaling(1.0 / 3, "fan_in", "uniform");
      case "WeightInitSigmoidUniform" -> scaling(16, "fan_avg", "uniform");
      case "WeightInitVarScalingNormalFanIn" -> scaling(scale, "fan_in", "truncated_normal");
      case "WeightInitVarScalingNormalFanOut" -> scaling(scale, "fan_out", "truncated_normal");
      case "WeightInitVarScalingNormalFanAvg" -> scaling(scale, "fan_avg", "truncated_normal");
      case "WeightInitVarScalingUniformFanIn" -> scaling(scale, "fan_in", "uniform");
      case "WeightInitVarScalingUniformFanOut" -> scaling(scale, "fan_out", "uniform");
      case "WeightInitVarScalingUniformFanAvg" -> scaling(scale, "fan_avg", "uniform");
      case "WeightInitConstant" -> constant(init.number("value", 0));
      case "WeightInitIdentity" ->
          new Initializer("Identity", Tree.object().with("gain", Tree.of(scale)));
      case "WeightInitDistribution" -> distribution(init.object("distribution"));
      default -> glorot();
    };
  }

  private static Initializer constant(double value) {
    return value == 0
        ? zeros()
        : value == 1
            ? ones()
            : new Initializer("Constant", Tree.object().with("value", Tree.of(value)));
  }

  private static Initializer scaling(double scale, String mode, String distribution) {
    return seeded(
        "VarianceScaling",
        Tree.object()
            .with("scale", Tree.of(scale))
            .with("mode", Tree.of(mode))
            .with("distribution", Tree.of(distribution)));
  }

  private static Initializer distribution(ConfigObject own) {
    String type = own.text("type", "");
    Tree.Obj config = Tree.object();
    return switch (type.substring(type.lastIndexOf('.') + 1)) {
      case "NormalDistribution", "GaussianDistribution" -> seeded("RandomNormal", normal(own));
      case "TruncatedNormalDistribution" -> seeded("TruncatedNormal", normal(own));
      case "UniformDistribution" ->
          seeded(
              "RandomUniform",
              config
                  .with("minval", Tree.of(own.number("lower", -1)))
                  .with("maxval", Tree.of(own.number("upper", 1))));
      case "ConstantDistribution" -> constant(own.number("value", 0));
      case "OrthogonalDistribution" ->
          seeded("Orthogonal", config.with("gain", Tree.of(own.number("gain", 1))));
      default -> glorot();
    };
  }

  private static Tree.Obj normal(ConfigObject own) {
    return Tree.object()
        .with("mean", Tree.of(own.number("mean", 0)))
        .with("stddev", Tree.of(own.number("std", 1)));
  }

  private static Initializer seeded(String className, Tree.Obj config) {
    return new Initializer(className, config.with("seed", Tree.none()));
  }

  /**
   * Keras's regularizer. DL4J adds {@code l2 w} to the gradient, so that its loss has {@code l2 / 2
   * w^2}.
   */
  private static @Nullable Regularizer regularizer(List<ConfigObject> terms) {
    double l1 = 0;
    double l2 = 0;
    for (ConfigObject term : terms) {
      switch (term.simpleClass()) {
        case "L1Regularization" -> l1 += fixed(term, "l1");
        case "L2Regularization" -> l2 += fixed(term, "l2") / 2;
        // WeightDecay changes the step and not the loss: no regularizer of a weight.
        default -> {}
      }
    }
    if (l1 == 0 && l2 == 0) {
      return null;
    }
    Tree.Obj config = Tree.object();
    if (l1 != 0) {
      config = config.with("l1", Tree.of(l1));
    }
    if (l2 != 0) {
      config = config.with("l2", Tree.of(l2));
    }
    return new Regularizer(l1 == 0 ? "L2" : l2 == 0 ? "L1" : "L1L2", config);
  }

  private static double fixed(ConfigObject term, String key) {
    return term.optionalObject(key).map(schedule -> schedule.number("value", 0)).orElse(0.0);
  }
}
