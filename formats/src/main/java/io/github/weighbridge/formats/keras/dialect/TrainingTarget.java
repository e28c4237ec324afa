package io.github.weighbridge.formats.keras.dialect;

/** The forms of files that training is written into. */
public enum TrainingTarget {
  /** {@code compile_config} of Keras 3's {@code .keras}. */
  KERAS_3_ZIP,
  /** {@code training_config} of Keras 3's legacy {@code .h5}. */
  KERAS_3_HDF5,
  /** {@code training_config} of tf.keras 2.15's {@code .h5}. */
  TF_KERAS_HDF5;

  boolean isKeras3() {
    return this != TF_KERAS_HDF5;
  }

  String label() {
    return isKeras3() ? "Keras 3" : "tf.keras 2.15";
  }
}
