package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What functions become, by their names. */
final class ComposedCalls {

  /** What a function of one result becomes. */
  @FunctionalInterface
  interface Form {
    /** Adds the calls, and gives the result of the last. */
    Argument build(ComposedCall call);
  }

  /** What a function of several results becomes. */
  @FunctionalInterface
  interface Forms {
    /** Adds the calls, and gives their results. */
    List<Argument> build(ComposedCall call);
  }

  /**
   * A rule.
   *
   * @param applies whether the function cannot stay with these arguments
   */
  private record Rule(Predicate<ComposedCall> applies, Forms form) {}

  private final Map<String, Rule> rules = new TreeMap<>();

  ComposedCalls() {}

  /** Functions of TensorFlow by those of {@code keras.ops}. */
  static ComposedCalls ofKeras3() {
    ComposedCalls compositions = new ComposedCalls();
    Keras3Arithmetic.addTo(compositions);
    Keras3Arrays.addTo(compositions);
    Keras3Images.addTo(compositions);
    Keras3Neural.addTo(compositions);
    Keras3Shapes.addTo(compositions);
    Keras3Windows.addTo(compositions);
    return compositions;
  }

  /** Functions of {@code keras.ops} by those of TensorFlow. */
  static ComposedCalls ofTensorFlow() {
    ComposedCalls compositions = new ComposedCalls();
    TensorFlowActivations.addTo(compositions);
    TensorFlowArrays.addTo(compositions);
    TensorFlowImages.addTo(compositions);
    TensorFlowNeural.addTo(compositions);
    TensorFlowTypes.addTo(compositions);
    TensorFlowWindows.addTo(compositions);
    return compositions;
  }

  /** A function of one result. */
  void add(String function, Form form) {
    addAll(function, call -> List.of(form.build(call)));
  }

  /** A function of several results. */
  void addAll(String function, Forms form) {
    put(function, new Rule(call -> true, form));
  }

  /** A function of one result that stays with other arguments. */
  void when(String function, Predicate<ComposedCall> applies, Form form) {
    put(function, new Rule(applies, call -> List.of(form.build(call))));
  }

  private void put(String function, Rule rule) {
    if (rules.put(function, rule) != null) {
      throw new IllegalStateException(function + " stands in the table twice");
    }
  }

  boolean has(String function) {
    return rules.containsKey(function);
  }

  /**
   * The results of a call by other functions, in the types of the function's own; nothing where it
   * stays.
   *
   * @throws Inexpressible if there is no other way to say it
   */
  Optional<List<Value>> composed(String function, ComposedCall call) {
    Rule rule = rules.get(function);
    if (rule == null || !rule.applies().test(call)) {
      return Optional.empty();
    }
    List<Value> results = new ArrayList<>();
    List<Argument> built = rule.form().build(call);
    for (int i = 0; i < call.results().size(); i++) {
      DataType dtype = call.results().get(i).dtype();
      results.add(call.value(call.own(call.cast(built.get(i), dtype))));
    }
    return Optional.of(results);
  }
}
