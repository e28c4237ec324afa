package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.model.OptimizerState;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.training.Adadelta;
import io.github.weighbridge.core.training.Adagrad;
import io.github.weighbridge.core.training.Adam;
import io.github.weighbridge.core.training.AdamW;
import io.github.weighbridge.core.training.Adamax;
import io.github.weighbridge.core.training.GradientNormalization;
import io.github.weighbridge.core.training.GradientOptimizer;
import io.github.weighbridge.core.training.LayerTraining;
import io.github.weighbridge.core.training.LearningRate;
import io.github.weighbridge.core.training.Nadam;
import io.github.weighbridge.core.training.Optimizer;
import io.github.weighbridge.core.training.OptimizerOptions;
import io.github.weighbridge.core.training.RmsProp;
import io.github.weighbridge.core.training.Sgd;
import io.github.weighbridge.core.training.TrainingCatalog;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keras's optimizers as DL4J's updaters, by the rules that ND4J 1.0.0-M2.1 computes. With {@code a}
 * for what an updater keeps and {@code t} for the number of the step, from 1 on:
 *
 * <ul>
 *   <li>Adam, AMSGrad and Nesterovs are Keras's own; AdaDelta is Keras's at a learning rate of 1.
 *   <li>AdaMax divides by {@code a}, with no epsilon.
 *   <li>AdaGrad and RmsProp divide by {@code sqrt(a) + epsilon}. Keras 3's Adagrad, {@code sqrt(a +
 *       epsilon)}, is that of sums which began with epsilon more.
 *   <li>Nadam divides the average of gradients by {@code 1 - beta1^t}, and does not correct that of
 *       their squares; its momentum has no schedule.
 * </ul>
 */
final class Updaters {

  private static final String PACKAGE = "org.nd4j.linalg.learning.config.";

  private final Optional<OptimizerState> state;
  private final Place place;
  private final Problems problems;

  /**
   * A translation.
   *
   * @param state of the optimizer, whose learning rate is the one that counts
   */
  Updaters(Optional<OptimizerState> state, Place place, Problems problems) {
    this.state = state;
    this.place = place;
    this.problems = problems;
  }

  /** The updater for an optimizer; what it does otherwise is told. */
  Updater of(Optimizer optimizer) {
    String name = TrainingCatalog.className(optimizer);
    Optional<Updater> updater =
        optimizer instanceof GradientOptimizer own ? rule(own) : Optional.empty();
    if (updater.isEmpty()) {
      drops("trains on with plain gradient descent, because DL4J has no such updater", name);
      return Updater.PLAIN;
    }
    tellOptions(((GradientOptimizer) optimizer).options());
    return updater.get();
  }

  /** The updater of a layer; what it does otherwise is told. */
  Updater of(LayerTraining training) {
    GradientOptimizer ofBiases = training.biasOptimizer();
    GradientNormalization normalization = training.normalization();
    return of(training.optimizer())
        .ofLayer(
            ofBiases == null ? null : of(ofBiases),
            new Updater.Clipping(name(normalization.kind()), normalization.threshold()));
  }

  private static String name(GradientNormalization.Kind kind) {
    return switch (kind) {
      case NONE -> "None";
      case RENORMALIZE_L2_PER_LAYER -> "RenormalizeL2PerLayer";
      case RENORMALIZE_L2_PER_PARAM_TYPE -> "RenormalizeL2PerParamType";
      case CLIP_ELEMENT_WISE_ABSOLUTE_VALUE -> "ClipElementWiseAbsoluteValue";
      case CLIP_L2_PER_LAYER -> "ClipL2PerLayer";
      case CLIP_L2_PER_PARAM_TYPE -> "ClipL2PerParamType";
    };
  }

  private Optional<Updater> rule(GradientOptimizer optimizer) {
    if (optimizer instanceof Sgd own) {
      return Optional.of(sgd(own));
    }
    if (optimizer instanceof Adam own) {
      return Optional.of(adam(own, own.beta1(), own.beta2(), own.epsilon(), own.amsgrad()));
    }
    if (optimizer instanceof AdamW own) {
      return Optional.of(adam(own, own.beta1(), own.beta2(), own.epsilon(), own.amsgrad()));
    }
    if (optimizer instanceof Adamax own) {
      return Optional.of(adamax(own));
    }
    if (optimizer instanceof Nadam own) {
      return Optional.of(nadam(own));
    }
    if (optimizer instanceof Adagrad own) {
      return Optional.of(adagrad(own));
    }
    if (optimizer instanceof RmsProp own) {
      return rmsProp(own);
    }
    return optimizer instanceof Adadelta own ? adadelta(own) : Optional.empty();
  }

  private Updater sgd(Sgd own) {
    if (own.momentum() == 0) {
      return updater(own, rated("Sgd", own));
    }
    if (!own.nesterov()) {
      drops("looks ahead by its momentum in DL4J, which makes other steps", "nesterov=False");
    }
    return updater(own, rated("Nesterovs", own).with("momentum", own.momentum()), "momentum");
  }

  private Updater adam(
      GradientOptimizer own, double beta1, double beta2, double epsilon, boolean amsgrad) {
    Dl4jObject config = averaged(amsgrad ? "AMSGrad" : "Adam", own, beta1, beta2, epsilon);
    return amsgrad
        ? updater(own, config, "momentum", "velocity", "velocity_hat")
        : updater(own, config, "momentum", "velocity");
  }

  private Updater adamax(Adamax own) {
    if (own.epsilon() > Adamax.NO_EPSILON) {
      drops("divides by the largest gradient without an epsilon in DL4J", own.epsilon());
    }
    return updater(
        own, averaged("AdaMax", own, own.beta1(), own.beta2(), own.epsilon()), "momentum", "norm");
  }

  private Updater nadam(Nadam own) {
    if (own.scheduled()) {
      drops(
          "has neither a schedule of its momentum nor corrected averages of squares in DL4J, which"
              + " makes other steps",
          "Nadam");
    }
    return updater(
        own,
        averaged("Nadam", own, own.beta1(), own.beta2(), own.epsilon()),
        "momentum",
        "velocity");
  }

  private Updater adagrad(Adagrad own) {
    double offset = own.epsilonInRoot() ? own.epsilon() : 0;
    return new Updater(
        rated("AdaGrad", own).with("epsilon", own.epsilonInRoot() ? 0.0 : own.epsilon()).tree(),
        List.of(new Updater.Kept("accumulator", own.initialAccumulatorValue(), offset)),
        own.options().weightDecay(),
        clipping(own.options()),
        null);
  }

  private Optional<Updater> rmsProp(RmsProp own) {
    if (own.momentum() != 0 || own.centered()) {
      return Optional.empty();
    }
    if (own.epsilonInRoot()) {
      drops(
          "adds epsilon behind the root in DL4J, which makes other steps where gradients are small",
          own.epsilon());
    }
    return Optional.of(
        updater(
            own,
            rated("RmsProp", own).with("epsilon", own.epsilon()).with("rmsDecay", own.rho()),
            "velocity"));
  }

  private Optional<Updater> adadelta(Adadelta own) {
    boolean one = own.options().learningRate() instanceof LearningRate.Fixed && rate(own) == 1;
    return one
        ? Optional.of(
            updater(
                own,
                Dl4jObject.of(PACKAGE + "AdaDelta")
                    .with("epsilon", own.epsilon())
                    .with("rho", own.rho()),
                "accumulated_grad",
                "accumulated_delta_var"))
        : Optional.empty();
  }

  private Updater updater(GradientOptimizer own, Dl4jObject config, String... slots) {
    return new Updater(
        config.tree(),
        List.of(slots).stream().map(Updater.Kept::of).toList(),
        own.options().weightDecay(),
        clipping(own.options()),
        null);
  }

  private Dl4jObject averaged(
      String name, GradientOptimizer own, double beta1, double beta2, double epsilon) {
    return rated(name, own).with("beta1", beta1).with("beta2", beta2).with("epsilon", epsilon);
  }

  private Dl4jObject rated(String name, GradientOptimizer own) {
    Dl4jObject config = Dl4jObject.of(PACKAGE + name);
    Optional<Dl4jObject> schedule = Schedules.of(own.options().learningRate());
    return schedule.isPresent()
        ? config
            .with("learningRate", Double.NaN)
            .with("learningRateSchedule", schedule.get().tree())
        : config.with("learningRate", rate(own));
  }

  /** The number that counts: that of the state. */
  private double rate(GradientOptimizer own) {
    LearningRate rate = own.options().learningRate();
    Optional<Double> current =
        state.map(OptimizerState::learningRate).map(weight -> weight.load().doubles()[0]);
    if (rate instanceof LearningRate.Fixed fixed) {
      return current.orElse(fixed.value());
    }
    drops("has one learning rate for all steps: DL4J has no such schedule", rate);
    return current.orElse(1e-3);
  }

  private Updater.Clipping clipping(OptimizerOptions options) {
    @Nullable Double norm = options.clipnorm();
    @Nullable Double value = options.clipvalue();
    if (norm != null && value != null) {
      drops("clips gradients by their norm alone: DL4J clips in one way", value);
    }
    if (norm != null) {
      return new Updater.Clipping("ClipL2PerParamType", norm);
    }
    return value == null
        ? Updater.Clipping.NONE
        : new Updater.Clipping("ClipElementWiseAbsoluteValue", value);
  }

  private void tellOptions(OptimizerOptions options) {
    if (options.globalClipnorm() != null) {
      drops("does not clip the gradients of all layers together", options.globalClipnorm());
    }
    if (options.useEma()) {
      drops("keeps no averages of the weights", "use_ema");
    }
    if (options.gradientAccumulationSteps() != null) {
      drops("does not sum gradients of several steps", options.gradientAccumulationSteps());
    }
  }

  private void drops(String rule, Object found) {
    problems.warning(
        ProblemCode.TARGET_DROPS, place.withKey("optimizer"), rule, String.valueOf(found), "");
  }
}
