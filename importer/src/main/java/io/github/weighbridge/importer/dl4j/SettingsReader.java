package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.model.TrainingSettings;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.training.TruncatedBackpropagation;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the configuration of a network, beside its layers, says of training. What is damaged
 * or kept nowhere is told; predictions do not depend on it.
 */
final class SettingsReader {

  private static final String GRADIENT_DESCENT = "STOCHASTIC_GRADIENT_DESCENT";

  private final Tree.Obj configuration;
  private final Dl4jNetwork network;
  private final Place file;
  private final Problems problems;

  /**
   * A reader.
   *
   * @param configuration in canonical form
   */
  SettingsReader(Tree.Obj configuration, Dl4jNetwork network, Place file, Problems problems) {
    this.configuration = configuration;
    this.network = network;
    this.file = file;
    this.problems = problems;
  }

  /** What the network is trained with, beside updaters and losses. */
  TrainingSettings read() {
    tellSolver();
    return new TrainingSettings(truncation(), epochs(), Map.of());
  }

  private @Nullable TruncatedBackpropagation truncation() {
    if (!configuration.text("backpropType").orElse("Standard").equals("TruncatedBPTT")) {
      return null;
    }
    Optional<Integer> forward = length("tbpttFwdLength");
    Optional<Integer> backward = length("tbpttBackLength");
    return forward.isPresent() && backward.isPresent()
        ? new TruncatedBackpropagation(forward.get(), backward.get())
        : null;
  }

  private Optional<Integer> length(String key) {
    // What DL4J's builder gives them.
    Tree written = configuration.get(key).orElse(Tree.of(20));
    Optional<Integer> length =
        written.asLong().filter(n -> n > 0 && n <= Integer.MAX_VALUE).map(Long::intValue);
    if (length.isEmpty()) {
      tell(key, "must be a number of steps, to train on sequences in pieces", written);
    }
    return length;
  }

  private long epochs() {
    Tree written = configuration.get("epochCount").orElse(Tree.of(0));
    Optional<Long> epochs = written.asLong().filter(n -> n >= 0 && n <= Integer.MAX_VALUE);
    if (epochs.isEmpty()) {
      tell("epochCount", "must be a number of epochs, and counts as none", written);
    }
    return epochs.orElse(0L);
  }

  /** Of every layer DL4J repeats how steps are made; the first counts. */
  private void tellSolver() {
    Tree.Obj conf =
        network.isMultiLayer()
            ? configuration.items("confs").stream()
                .findFirst()
                .flatMap(Tree::asObject)
                .orElse(Tree.object())
            : configuration.object("defaultConfiguration").orElse(Tree.object());
    String algorithm = conf.text("optimizationAlgo").orElse(GRADIENT_DESCENT);
    if (!algorithm.equals(GRADIENT_DESCENT)) {
      tell("optimizationAlgo", "trains by another algorithm than gradient descent", algorithm);
    }
    String policy = conf.text("learningRatePolicy").orElse("None");
    if (!policy.equals("None")) {
      tell("learningRatePolicy", "changes its learning rate in a way that is not read", policy);
    }
    if (!conf.get("minimize").flatMap(Tree::asBoolean).orElse(true)) {
      tell("minimize", "makes its loss large", false);
    }
    if (!conf.get("miniBatch").flatMap(Tree::asBoolean).orElse(true)) {
      tell("miniBatch", "trains by the sum of all samples and not by their mean", false);
    }
  }

  private void tell(String key, String rule, Object found) {
    problems.warning(
        ProblemCode.CONFIG_VALUE_INVALID,
        file.withKey(key),
        rule,
        String.valueOf(found),
        TrainingReader.KEPT);
  }
}
