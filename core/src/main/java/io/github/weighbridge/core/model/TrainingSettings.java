package io.github.weighbridge.core.model;

import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.training.LayerTraining;
import io.github.weighbridge.core.training.TruncatedBackpropagation;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of training for which Keras's {@code compile} has no words. It stays with a
 * model that is changed, and goes to formats that have it too.
 *
 * @param truncation how sequences are trained in pieces; null if whole
 * @param epochs how many passes over the data were made; schedules may count them
 * @param layers how each layer is trained, where not all are as the model was compiled; layers that
 *     are not there are trained as that says
 */
public record TrainingSettings(
    @Nullable TruncatedBackpropagation truncation,
    long epochs,
    Map<LayerId, LayerTraining> layers) {

  /** Nothing is said. */
  public static final TrainingSettings NONE = new TrainingSettings(null, 0, Map.of());

  /** Copies the map. */
  public TrainingSettings {
    layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
  }

  /** How sequences are trained in pieces; nothing if whole. */
  public Optional<TruncatedBackpropagation> truncated() {
    return Optional.ofNullable(truncation);
  }

  /** These settings with those of some layers only. */
  TrainingSettings of(Collection<LayerId> others) {
    Map<LayerId, LayerTraining> own = new LinkedHashMap<>(layers);
    own.keySet().retainAll(others);
    return new TrainingSettings(truncation, epochs, own);
  }
}
