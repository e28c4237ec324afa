package io.github.weighbridge.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats that models are written in. */
public enum TargetFormat {
  /** An ONNX model. */
  ONNX(".onnx"),
  /** A zip as DL4J's ModelSerializer writes it. */
  DL4J(".zip"),
  /** The zip of Keras 3. */
  KERAS(".keras"),
  /** One HDF5 file with architecture and weights. */
  KERAS_H5(".h5", ".hdf5"),
  /** Weights alone, by the paths of objects. */
  WEIGHTS(".weights.h5"),
  /** Weights alone, as arrays by name. */
  NPZ(".npz"),
  /** Architecture alone. */
  JSON(".json"),
  /** Architecture alone. */
  YAML(".yaml", ".yml");

  private final List<String> endings;

  TargetFormat(String... endings) {
    this.endings = List.of(endings);
  }

  /** The format that a file name's ending stands for; the longest known one counts. */
  public static Optional<TargetFormat> ofFileName(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    TargetFormat best = null;
    int length = 0;
    for (TargetFormat format : values()) {
      for (String ending : format.endings) {
        if (name.endsWith(ending) && ending.length() > length) {
          best = format;
          length = ending.length();
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** Every known ending, for messages. */
  static String knownEndings() {
    return String.join(
        ", ", Arrays.stream(values()).flatMap(f -> f.endings.stream()).sorted().toList());
  }

  /** The name on the command line, as {@code onnx}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As {@link #id}: what help and messages list. */
  @Override
  public String toString() {
    return id();
  }
}
