package io.github.weighbridge.formats.keras;

/** The forms in which Keras keeps models. */
public enum KerasForm {
  /** HDF5 with architecture and weights: Keras 1 and 2, tf.keras, Keras 3's legacy form. */
  MODEL_HDF5,
  /** The {@code .keras} zip: Keras 3 and the Keras 2 line from 2.12 on. */
  MODEL_ZIP,
  /** The {@code .keras} archive as a folder: Keras 3.4 and later, Hugging Face. */
  MODEL_FOLDER,
  /** HDF5 with weights by layer name: {@code save_weights} before Keras 2.12. */
  WEIGHTS_HDF5,
  /** HDF5 with weights by object path: {@code .weights.h5} of Keras 2.12 and later. */
  WEIGHTS_HDF5_V3,
  /** Weights by object path in several files, which a {@code .weights.json} lists: Keras 3.10. */
  WEIGHTS_SHARDS,
  /** Plain arrays: {@code numpy.savez}. */
  WEIGHTS_NPZ,
  /** The text of {@code to_json()}. */
  ARCHITECTURE_JSON,
  /** The text of {@code to_yaml()}. */
  ARCHITECTURE_YAML
}
