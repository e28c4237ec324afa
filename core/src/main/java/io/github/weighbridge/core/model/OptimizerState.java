package io.github.weighbridge.core.model;

import io.github.weighbridge.core.tensor.WeightRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an optimizer knows after some steps. Everything stays in the file until somebody reads it.
 *
 * @param iterations the steps so far, a scalar; null if the file does not tell
 * @param learningRate the number that counts, a scalar; null with schedules and in files that keep
 *     it in the configuration alone
 * @param scalars further numbers by Keras 3's names: {@code u_product} of Nadam, {@code
 *     step_counter} and {@code dynamic_scale} of LossScaleOptimizer
 * @param slots what it keeps for each weight, by Keras 3's names ({@code momentum}, {@code
 *     velocity}...), in the form of the weight; in the order of {@link TrainedWeights}. Empty where
 *     the variables of the file could not be told apart, which is a warning of the model
 * @param written every variable of the file under its name there, in its order
 */
public record OptimizerState(
    @Nullable WeightRef iterations,
    @Nullable WeightRef learningRate,
    Map<String, WeightRef> scalars,
    Map<WeightId, Map<String, WeightRef>> slots,
    Map<String, WeightRef> written) {

  /** Of LossScaleOptimizer: the good steps since the factor last changed. */
  public static final String STEP_COUNTER = "step_counter";

  /** Of LossScaleOptimizer: the factor. */
  public static final String DYNAMIC_SCALE = "dynamic_scale";

  /** Of Nadam: the product of its momenta so far. */
  public static final String MOMENTUM_PRODUCT = "u_product";

  /** Copies the maps. */
  public OptimizerState {
    scalars = Collections.unmodifiableMap(new LinkedHashMap<>(scalars));
    Map<WeightId, Map<String, WeightRef>> copy = new LinkedHashMap<>();
    slots.forEach((id, own) -> copy.put(id, Collections.unmodifiableMap(new LinkedHashMap<>(own))));
    slots = Collections.unmodifiableMap(copy);
    written = Collections.unmodifiableMap(new LinkedHashMap<>(written));
  }

  /** Variables of which nothing is known but the names that the file has for them. */
  public static OptimizerState unmatched(Map<String, WeightRef> written) {
    return new OptimizerState(null, null, Map.of(), Map.of(), written);
  }

  /** This state with the variables as the file has them. */
  public OptimizerState withWritten(Map<String, WeightRef> variables) {
    return new OptimizerState(iterations, learningRate, scalars, slots, variables);
  }

  /** Whether it is known what each variable is. */
  public boolean isMatched() {
    return iterations != null || !slots.isEmpty();
  }

  /** How many variables there are: those of the file, or where it has no such names, the known. */
  public int variableCount() {
    if (!written.isEmpty()) {
      return written.size();
    }
    int numbers = (iterations == null ? 0 : 1) + (learningRate == null ? 0 : 1) + scalars.size();
    return numbers + slots.values().stream().mapToInt(Map::size).sum();
  }

  /** A variable that is kept for a weight. */
  public Optional<WeightRef> slot(WeightId weight, String name) {
    return Optional.ofNullable(slots.getOrDefault(weight, Map.of()).get(name));
  }
}
