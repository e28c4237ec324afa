package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.ConfigBinder;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Made-up configurations for every layer of the catalogue, so that tests state what matters. */
public final class SampleConfig {

  private static final Map<String, Object> ENVELOPE =
      Map.of("class_name", "Made", "config", Map.of("up", 1));

  /** Values that a neutral configuration has, where those of the type would not be. */
  private static final Map<String, Object> NEUTRAL =
      Map.of(
          "axis",
          -1,
          "use_bias",
          true,
          "center",
          true,
          "scale",
          true,
          "groups",
          1,
          "depth_multiplier",
          1,
          "implementation",
          1,
          "interpolation",
          "nearest",
          "epsilon",
          0.001,
          "batch_shape",
          Collections.singletonList(null));

  /** Values that a full configuration has, where those of the type would not do. */
  private static final Map<String, Object> FULL =
      Map.of("idf_weights", List.of(0.5, 1.5), "output_mode", "int", "window", "hann");

  private static final Map<String, Object> QUANTIZATION =
      Map.of("class_name", "Int4QuantizationConfig", "config", Map.of("block_size", 2));

  private SampleConfig() {}

  /** A layer with plain values but for those given as keys and values in turn. */
  public static Layer layer(String className, Object... keysAndValues) {
    Tree.Obj config = neutral(className);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      config = config.with((String) keysAndValues[i], Tree.of(keysAndValues[i + 1]));
    }
    return bind(className, config);
  }

  /** The layer of a configuration. */
  static Layer bind(String className, Tree.Obj config) {
    Problems problems = new Problems();
    Class<? extends Record> type = LayerCatalog.entry(className).orElseThrow().type();
    return LayerCatalog.binder()
        .bind(type, config, Place.UNKNOWN.withLayer("sample", className), problems)
        .map(Layer.class::cast)
        .orElseThrow(() -> new AssertionError(problems.all().toString()));
  }

  /** Plain values: no activation, valid padding, strides of 1; null wherever it may be. */
  static Tree.Obj neutral(String className) {
    return config(className, false);
  }

  /** Values everywhere, also where null may be. */
  static Tree.Obj full(String className) {
    return config(className, true);
  }

  private static Tree.Obj config(String className, boolean full) {
    LayerCatalog.Entry entry = LayerCatalog.entry(className).orElseThrow();
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    for (RecordComponent component : entry.type().getRecordComponents()) {
      String key = ConfigBinder.snakeCase(component.getName());
      boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      if (entry.fixed().has(key)) {
        config.put(key, entry.fixed().get(key).orElseThrow());
      } else if (nullable && !full) {
        config.put(key, null);
      } else if (!full && NEUTRAL.containsKey(key) && !hasList(component, key)) {
        config.put(key, NEUTRAL.get(key));
      } else if (full && FULL.containsKey(key)) {
        config.put(key, FULL.get(key));
      } else {
        config.put(key, value(component.getGenericType(), key, rank(className), full));
      }
    }
    return (Tree.Obj) Tree.of(config);
  }

  /** Whether a component holds lists or a number under a key that is something else elsewhere. */
  private static boolean hasList(RecordComponent component, String key) {
    return component.getType() == Numbers.class
        || (key.equals("scale") && component.getType() == double.class)
        || (key.equals("axis") && component.getType() == List.class);
  }

  private static int rank(String className) {
    String digits = className.replaceAll("\\D", "");
    return digits.isEmpty() ? 1 : Integer.parseInt(digits);
  }

  private static Object value(Type type, String key, int rank, boolean full) {
    if (type instanceof ParameterizedType list) {
      return list(list.getActualTypeArguments()[0], key, rank, full);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      return constant(plain, full);
    }
    if (plain == int.class || plain == Integer.class || plain == long.class) {
      return 2;
    }
    if (plain == double.class || plain == Double.class) {
      return 0.5;
    }
    if (plain == boolean.class) {
      return full;
    }
    if (plain == Activation.class) {
      return full ? Map.of("name", "relu", "max_value", 3.5) : "linear";
    }
    if (plain == QuantizationConfig.class) {
      return QUANTIZATION;
    }
    if (List.of(Initializer.class, Regularizer.class, Constraint.class).contains(plain)) {
      return ENVELOPE;
    }
    if (plain == Numbers.class) {
      return full ? List.of(List.of(0.5, 0.25)) : 0.5;
    }
    if (plain == EinsumEquation.class) {
      return "...b,bc->...c";
    }
    if (key.equals("bias_axes")) {
      return "c";
    }
    if (plain == Axes.class) {
      return full ? List.of(-1, 1) : -1;
    }
    if (plain == Tree.class) {
      return List.of(7, "x");
    }
    return "made_up";
  }

  private static Object constant(Class<?> type, boolean full) {
    if (type == DataType.class) {
      return full ? "int32" : "float32";
    }
    Object[] constants = type.getEnumConstants();
    Object constant = constants[full && type != WindowPadding.class ? constants.length - 1 : 0];
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
  }

  private static Object list(Type element, String key, int rank, boolean full) {
    if (element instanceof ParameterizedType) {
      return Collections.nCopies(rank, List.of(1, 2));
    }
    if (element == Double.class) {
      return List.of(0.5, 1.5);
    }
    if (key.equals("dims")) {
      return List.of(2, 1);
    }
    if (element == Tree.class || key.matches("salt|tile_grid_size")) {
      return List.of(3, 4);
    }
    int value = full || key.matches("kernel_size|pool_size|size") ? 2 : 1;
    return Collections.nCopies(rank, value);
  }
}
