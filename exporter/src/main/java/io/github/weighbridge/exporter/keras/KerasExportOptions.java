package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.formats.keras.KerasGeneration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * How a model becomes a Keras file.
 *
 * @param container what kind of file
 * @param generation {@code KERAS_2} for what tf.keras 2.15 reads, {@code KERAS_3}; null for the one
 *     that the model comes from, and Keras 3 where that is neither
 * @param acceptsDifferences whether the target may compute otherwise at the edges: where a mask
 *     hides everything, a vector that is normalised is almost zero, or half precision is rounded to
 * @param saved the time that the file names as that of its making
 */
public record KerasExportOptions(
    Container container,
    @Nullable KerasGeneration generation,
    boolean acceptsDifferences,
    LocalDateTime saved) {

  /** A kind of Keras file. */
  public enum Container {
    /** {@code .keras}: architecture, weights and training in a zip, of Keras 3. */
    ZIP,
    /** {@code .h5}: the same in one HDF5 file, of either generation. */
    HDF5,
    /** {@code .weights.h5}: weights by the paths of objects. */
    WEIGHTS_HDF5,
    /** Architecture alone, as {@code to_json()} returns it. */
    JSON,
    /** Architecture alone, as {@code to_yaml()} returned it up to TensorFlow 2.5. */
    YAML,
    /** Weights alone, as arrays by name. */
    NPZ
  }

  /** Refuses generations that are not written. */
  public KerasExportOptions {
    if (generation == KerasGeneration.KERAS_1) {
      throw new IllegalArgumentException("Keras 1 is not written, choose 2 or 3");
    }
    if (generation == KerasGeneration.KERAS_2 && container == Container.ZIP) {
      throw new IllegalArgumentException(".keras files are those of Keras 3, choose .h5 for 2");
    }
  }

  /** A kind of file, of the generation that the model comes from, made now. */
  public static KerasExportOptions of(Container container) {
    return new KerasExportOptions(
        container, null, false, LocalDateTime.now(ZoneId.systemDefault()));
  }

  /** The same for a generation of Keras. */
  public KerasExportOptions withGeneration(KerasGeneration newGeneration) {
    return new KerasExportOptions(container, newGeneration, acceptsDifferences, saved);
  }

  /** The same with another time of making. */
  public KerasExportOptions withSaved(LocalDateTime newSaved) {
    return new KerasExportOptions(container, generation, acceptsDifferences, newSaved);
  }

  /** The same, with or without differences at the edges. */
  public KerasExportOptions withAcceptsDifferences(boolean accepts) {
    return new KerasExportOptions(container, generation, accepts, saved);
  }
}
