package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How DL4J changes the weights of a layer.
 *
 * @param config the property {@code iupdater}
 * @param state what it keeps for each parameter, in DL4J's order
 * @param weightDecay how much of a weight a step takes away, times the learning rate; or null
 * @param clipping what is done with gradients before
 * @param biases how biases are changed; null for the same
 */
record Updater(
    Tree.Obj config,
    List<Kept> state,
    @Nullable Double weightDecay,
    Clipping clipping,
    @Nullable Updater biases) {

  /** DL4J's default, for models that were not compiled. */
  static final Updater PLAIN =
      new Updater(
          Dl4jObject.of("org.nd4j.linalg.learning.config.Sgd").with("learningRate", 1e-3).tree(),
          List.of(),
          null,
          Clipping.NONE,
          null);

  /**
   * One number of the state for each number of a parameter.
   *
   * @param slot Keras's name
   * @param initial what Keras begins with
   * @param offset what DL4J's has more than Keras's
   */
  record Kept(String slot, double initial, double offset) {
    /** One that begins with zero and is the same in both. */
    static Kept of(String slot) {
      return new Kept(slot, 0, 0);
    }
  }

  /**
   * What DL4J calls the normalisation of gradients.
   *
   * @param name of its kind
   * @param threshold from where on it does something
   */
  record Clipping(String name, double threshold) {
    /** Gradients as they are. */
    static final Clipping NONE = new Clipping("None", 1);
  }

  /** Copies the list. */
  Updater {
    state = List.copyOf(state);
  }

  /** Whether one rule changes kernels and biases, decay aside. */
  boolean hasOneRule() {
    return biases == null || biases.config().equals(config);
  }

  /** Whether it keeps something for kernels or biases. */
  boolean keepsState() {
    return !state.isEmpty() || (biases != null && biases.keepsState());
  }

  /** This updater of a layer that has others for its biases, or does something with gradients. */
  Updater ofLayer(@Nullable Updater others, Clipping own) {
    return new Updater(config, state, weightDecay, own, others);
  }

  /** How much of a bias a step takes away; or null. */
  @Nullable Double biasDecay() {
    return biases == null ? weightDecay : biases.weightDecay();
  }
}
