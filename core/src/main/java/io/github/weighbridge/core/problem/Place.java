package io.github.weighbridge.core.problem;

import org.jspecify.annotations.Nullable;

/**
 * Where a problem stands: file, layer and key, each as far as known.
 *
 * @param file the file or entry, as the user named it
 * @param layer the layer's name
 * @param layerClass the layer's class, as the file names it
 * @param key the configuration key, weight, dataset or pointer inside
 */
public record Place(
    @Nullable String file,
    @Nullable String layer,
    @Nullable String layerClass,
    @Nullable String key) {

  /** Nothing is known of the place. */
  public static final Place UNKNOWN = new Place(null, null, null, null);

  /** The place {@code file} as a whole. */
  public static Place file(String file) {
    return new Place(file, null, null, null);
  }

  /** This place, narrowed to a layer. */
  public Place withLayer(String name, String className) {
    return new Place(file, name, className, key);
  }

  /** This place, narrowed to a key, weight or pointer. */
  public Place withKey(String newKey) {
    return new Place(file, layer, layerClass, newKey);
  }

  /** This place, in a file. */
  public Place withFile(String newFile) {
    return new Place(newFile, layer, layerClass, key);
  }

  /** For people: {@code model.h5, layer 'dense_3' (Dense), kernel}; empty when nothing is known. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (file != null) {
      text.append(file);
    }
    if (layer != null) {
      text.append(text.isEmpty() ? "" : ", ").append("layer '").append(layer).append('\'');
      if (layerClass != null) {
        text.append(" (").append(layerClass).append(')');
      }
    }
    if (key != null) {
      text.append(text.isEmpty() ? "" : ", ").append(key);
    }
    return text.toString();
  }
}
