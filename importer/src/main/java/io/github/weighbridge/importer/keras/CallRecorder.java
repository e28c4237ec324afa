package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.InputLayer;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.OpaqueLayer;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.TypeInference;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Records the calls of one network, types what they return and notes which weights they need. */
final class CallRecorder {

  private final LayerTable table;
  private final TypeInference inference;
  private final Place file;
  private final Problems problems;
  private final List<Call> calls = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  CallRecorder(LayerTable table, Place file, Problems problems) {
    this.table = table;
    this.inference = new TypeInference(table::get);
    this.file = file;
    this.problems = problems;
  }

  /** The calls so far. */
  List<Call> calls() {
    return calls;
  }

  /**
   * Records a call.
   *
   * @param index which call of the layer it is
   * @param used how many outputs others use
   * @param stated the output types that the file states, or empty
   * @return the outputs, without types where none are known
   */
  List<Value> call(LayerId id, int index, Arguments arguments, int used, List<TensorType> stated) {
    LayerInstance layer = table.get(id);
    String name = unique(index == 0 ? layer.name() : layer.name() + ":" + index);
    List<Value> inferred = inferred(layer, arguments, stated);
    int count = inferred.isEmpty() ? used : inferred.size();
    List<Value> outputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String output = count == 1 ? name : unique(name + "#" + i);
      if (i < inferred.size()) {
        Value value = new Value(output, inferred.get(i).type());
        inference.infer(value, inferred.get(i));
        outputs.add(value);
      } else {
        outputs.add(new Value(output, null));
      }
    }
    calls.add(new Call(name, id, arguments, outputs));
    return outputs;
  }

  private String unique(String wanted) {
    String name = wanted;
    for (int i = 1; !names.add(name); i++) {
      name = wanted + "~" + i;
    }
    return name;
  }

  /** What a call returns, as far as it is known, under names of no meaning. */
  private List<Value> inferred(LayerInstance layer, Arguments arguments, List<TensorType> types) {
    List<Value> stated = types.stream().map(type -> new Value(layer.name(), type)).toList();
    if (layer.layer() instanceof InputLayer input) {
      return List.of(new Value(layer.name(), input.type(layer.name())));
    }
    if (!isTyped(arguments.values()) || !isInferable(layer)) {
      return stated;
    }
    if (arguments.values().isEmpty()) {
      mismatch(layer, "must be called with a tensor", arguments);
      return stated;
    }
    try {
      table.specs().add(layer, inference.call(layer, arguments));
      List<Value> own = inference.outputs(layer, arguments);
      return own.isEmpty() ? stated : own;
    } catch (IllegalArgumentException e) {
      mismatch(layer, String.valueOf(e.getMessage()), arguments);
    } catch (ArithmeticException e) {
      mismatch(layer, "must have sizes that fit 64 bits", arguments);
    }
    return stated;
  }

  private void mismatch(LayerInstance layer, String rule, Arguments arguments) {
    problems.error(
        ProblemCode.SHAPE_MISMATCH,
        file.withLayer(layer.name(), layer.className()),
        rule,
        arguments.values().stream().map(Value::toString).collect(Collectors.joining(", ")),
        "the file is damaged, or its configuration was changed");
  }

  /** Whether output types follow from input types: not if an unknown layer is within. */
  private boolean isInferable(LayerInstance layer) {
    if (layer.layer() instanceof OpaqueLayer) {
      return false;
    }
    if (layer.layer() instanceof Network network) {
      return network.layers().stream().map(table::get).allMatch(this::isInferable)
          && isTyped(network.graph().outputValues())
          && network.graph().calls().stream()
              .allMatch(call -> isTyped(call.inputs()) && isTyped(call.outputs()));
    }
    return layer.children().values().stream().map(table::get).allMatch(this::isInferable);
  }

  private static boolean isTyped(List<Value> values) {
    return values.stream().allMatch(value -> value.knownType().isPresent());
  }
}
