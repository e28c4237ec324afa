package io.github.weighbridge.core.graph;

import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds a graph of operations: infers the type of each value when its step is added and keeps
 * names unique. Not thread-safe.
 */
public final class GraphBuilder {

  private final String name;
  private final Map<Value, WeightRef> constants = new LinkedHashMap<>();
  private final Map<WeightRef, Value> valueOfWeight = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Value, Step> producers = new HashMap<>();
  private final Map<String, Integer> names = new HashMap<>();

  /** An empty graph of this name. */
  public GraphBuilder(String name) {
    this.name = name;
  }

  /** A value that will be given from outside. */
  public Value input(String inputName, TensorType type) {
    return new Value(unique(inputName), type);
  }

  /** A constant; the same weight twice gives the same value. */
  public Value constant(String constantName, WeightRef weight) {
    return valueOfWeight.computeIfAbsent(
        weight,
        w -> {
          Value value = new Value(unique(constantName), w.type());
          constants.put(value, w);
          return value;
        });
  }

  /** A constant that is in memory. */
  public Value constant(String constantName, Tensor tensor) {
    return constant(constantName, WeightRef.of(tensor));
  }

  /** The constant behind a value, if it is one. */
  public Optional<WeightRef> constantOf(Value value) {
    return Optional.ofNullable(constants.get(value));
  }

  /** The step that made a value; nothing for constants and what is given from outside. */
  public Optional<Step> producerOf(Value value) {
    return Optional.ofNullable(producers.get(value));
  }

  /** Adds a step with one output. */
  public Value add(String stepName, Operation op, @Nullable Value... operands) {
    return addAll(stepName, op, Arrays.asList(operands)).get(0);
  }

  /**
   * Adds a step.
   *
   * @return its outputs
   * @throws IllegalArgumentException if the operands do not fit the operation, naming the step
   */
  public List<Value> addAll(String stepName, Operation op, List<@Nullable Value> operands) {
    List<@Nullable TensorType> types = new ArrayList<>();
    for (Value operand : operands) {
      types.add(operand == null ? null : operand.type());
    }
    List<TensorType> outputTypes;
    try {
      outputTypes = op.outputTypes(types);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(stepName + " (" + op.name() + "): " + e.getMessage(), e);
    }
    String own = unique(stepName);
    List<Value> outputs = new ArrayList<>();
    for (int i = 0; i < outputTypes.size(); i++) {
      String outputName = outputTypes.size() == 1 ? own : unique(own + ":" + i);
      outputs.add(new Value(outputName, Objects.requireNonNull(outputTypes.get(i))));
    }
    Step step = new Step(own, op, operands, outputs);
    nodes.add(step);
    outputs.forEach(output -> producers.put(output, step));
    return List.copyOf(outputs);
  }

  /** The graph built so far, with these ends; outputs have the names of their values. */
  public Graph build(Argument inputs, Argument outputs) {
    return build(inputs, outputs, outputs.values().stream().map(Value::name).toList());
  }

  /** The graph built so far, with these ends and names of the outputs. */
  public Graph build(Argument inputs, Argument outputs, List<String> outputNames) {
    return new Graph(name, inputs, constants, nodes, outputs, outputNames);
  }

  /** A name that no other value or step has: the wanted one, or it with {@code _1}, {@code _2}. */
  private String unique(String wanted) {
    Integer count = names.putIfAbsent(wanted, 0);
    if (count == null) {
      return wanted;
    }
    String candidate;
    do {
      candidate = wanted + "_" + ++count;
    } while (names.containsKey(candidate));
    names.put(wanted, count);
    names.put(candidate, 0);
    return candidate;
  }
}
