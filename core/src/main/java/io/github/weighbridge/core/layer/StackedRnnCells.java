package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keras's StackedRNNCells: cells as one cell, each on the output of the one before. Inner layers:
 * {@code cells/0}, {@code cells/1}... States: those of the cells, one after the other.
 */
public record StackedRnnCells() implements Layer {

  /** The configuration key of the inner layers. */
  public static final String CELLS = "cells";

  /** The name of an inner layer. */
  public static String cell(int index) {
    return CELLS + "/" + index;
  }

  @Override
  public Map<String, List<TensorType>> childInputs(CallTypes call) {
    Map<String, List<TensorType>> inputs = new LinkedHashMap<>();
    List<TensorType> step = firstOf(call.inputs());
    for (int i = 0; call.child(cell(i)).isPresent(); i++) {
      inputs.put(cell(i), step);
      step = firstOf(call.childOutputs(cell(i), step));
    }
    return inputs;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    List<TensorType> step = firstOf(call.inputs());
    List<TensorType> states = new ArrayList<>();
    for (int i = 0; call.child(cell(i)).isPresent(); i++) {
      List<TensorType> made = call.childOutputs(cell(i), step);
      step = firstOf(made);
      states.addAll(made.subList(1, made.size()));
    }
    Rules.require(!states.isEmpty(), "a cell is needed");
    List<TensorType> types = new ArrayList<>(step);
    types.addAll(states);
    return types;
  }

  private static List<TensorType> firstOf(List<TensorType> types) {
    Rules.require(!types.isEmpty(), "a step is needed");
    return types.subList(0, 1);
  }
}
