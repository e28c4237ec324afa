package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The initializers of a file: each constant stands in it once, however often it is used. */
final class OnnxConstants {

  /** Longer vectors are named by their type alone. */
  private static final int SPELT_OUT = 8;

  private final OnnxNames names;
  private final Map<String, WeightRef> initializers = new LinkedHashMap<>();
  private final Map<Object, String> nameByKey = new HashMap<>();

  OnnxConstants(OnnxNames names) {
    this.names = names;
  }

  Map<String, WeightRef> initializers() {
    return initializers;
  }

  boolean contains(String name) {
    return initializers.containsKey(name);
  }

  /** Puts a constant under a name that is reserved for it. */
  String put(String name, WeightRef weight) {
    initializers.putIfAbsent(name, weight);
    return name;
  }

  /**
   * A constant that is computed from others.
   *
   * @param key what it is computed from and how: equal keys, equal constants
   */
  String derived(Object key, String name, Supplier<WeightRef> weight) {
    String known = nameByKey.get(key);
    if (known == null) {
      known = put(names.unique(name), weight.get());
      nameByKey.put(key, known);
    }
    return known;
  }

  /** A vector of int64. */
  String ints(long... values) {
    List<Long> key = Arrays.stream(values).boxed().toList();
    String name =
        "int64" + (values.length <= SPELT_OUT ? key.toString() : "[" + values.length + "]");
    return derived(key, name, () -> WeightRef.of(Tensor.of(values, values.length)));
  }

  /** A vector of one number. */
  String vector(DataType dtype, double value) {
    return derived(
        List.of(dtype, value, 1),
        dtype + "[" + number(value) + "]",
        () -> WeightRef.of(Tensor.filled(dtype, value, 1)));
  }

  /** A number without axes. */
  String scalar(DataType dtype, double value) {
    return derived(
        List.of(dtype, value),
        dtype + "(" + number(value) + ")",
        () -> WeightRef.of(Tensor.filled(dtype, value)));
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
