package io.github.weighbridge.formats.keras.dialect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The classes that a version of Keras has, with the keys of their configurations: what it can be
 * made to read. Listed by that Keras itself ({@code testdata/scripts/class_keys.py}).
 */
final class ClassKeys {

  /** Keras 3.15. */
  static final ClassKeys KERAS_3 = read("keras_3_15.txt");

  /** tf.keras 2.15. */
  static final ClassKeys TF_KERAS = read("tf_keras_2_15.txt");

  /** Stands in the modules of functions. */
  static final String OPERATIONS = ".ops.";

  /** Names that Keras has for the same initializers beside their classes' in snake_case. */
  private static final Map<String, String> SHORT =
      Map.of(
          "normal", "RandomNormal",
          "one", "Ones",
          "uniform", "RandomUniform",
          "zero", "Zeros");

  /** {@code OrthogonalInitializer} of Keras 3.0, {@code HeNormalV2} of TensorFlow. */
  private static final String SUFFIX = "(?<=.)(Initializer|V[12])$";

  /**
   * A class.
   *
   * @param module where Keras finds it
   * @param keys of its configuration
   * @param arguments of its call, by position; only for functions
   */
  record Entry(String module, String className, List<String> keys, List<String> arguments) {}

  private final Map<String, Entry> layers = new HashMap<>();
  private final Map<String, Entry> operations = new HashMap<>();
  private final Map<String, Map<String, Entry>> objects = new HashMap<>();

  private ClassKeys() {}

  private static ClassKeys read(String resource) {
    ClassKeys keys = new ClassKeys();
    try (InputStream in = ClassKeys.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + resource);
      }
      new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .forEach(keys::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return keys;
  }

  private void add(String line) {
    List<String> words = Arrays.asList(line.split(" "));
    int bar = words.indexOf("|");
    Entry entry =
        new Entry(
            words.get(0),
            words.get(1),
            words.subList(2, bar < 0 ? words.size() : bar),
            bar < 0 ? List.of() : words.subList(bar + 1, words.size()));
    String kind = entry.module().substring(entry.module().lastIndexOf('.') + 1);
    switch (kind) {
      case "initializers", "regularizers", "constraints" ->
          objects
              .computeIfAbsent(kind, unused -> new HashMap<>())
              .put(entry.className().toLowerCase(Locale.ROOT), entry);
      default ->
          (entry.module().contains(OPERATIONS) ? operations : layers).put(entry.className(), entry);
    }
  }

  /** The layer of that class name. */
  Optional<Entry> layer(String className) {
    return Optional.ofNullable(layers.get(className));
  }

  /** The function of that class name. */
  Optional<Entry> operation(String className) {
    return Optional.ofNullable(operations.get(className));
  }

  /**
   * What a layer holds for training.
   *
   * @param kind {@code initializers}, {@code regularizers} or {@code constraints}
   * @param name the class's, or its short form, as {@code glorot_uniform}
   */
  Optional<Entry> object(String kind, String name) {
    String className =
        SHORT
            .getOrDefault(name, name)
            .replaceFirst(SUFFIX, "")
            .replace("_", "")
            .toLowerCase(Locale.ROOT);
    return Optional.ofNullable(objects.getOrDefault(kind, Map.of()).get(className));
  }
}
