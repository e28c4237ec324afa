package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Recurrent;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code LSTM}, {@code GRU} and {@code RNN}: time first, a leading axis for the direction. With an
 * activation that these do not have, a {@code Scan}.
 */
final class RecurrentToOnnx implements OnnxTranslator<Recurrent> {

  @Override
  public void translate(Recurrent op, Step step, OnnxContext onnx) {
    Optional<List<RecurrentActivation>> activations = activations(op);
    if (activations.isEmpty()) {
      new RecurrentScan(op, step, onnx).translate();
      return;
    }
    Map<String, OnnxAttribute> attributes = attributes(op, activations.get());
    RecurrentWeights weights = new RecurrentWeights(op, step, onnx);
    List<String> inputs = new ArrayList<>();
    inputs.add(onnx.transposed(step, onnx.in(step, 0), 1, 0, 2));
    inputs.add(weights.kernel(step.operand(1)));
    inputs.add(weights.kernel(step.operand(2)));
    inputs.add(weights.bias(step.operandOrNull(3)));
    inputs.add(lengths(step, onnx));
    inputs.add(state(step, 5, onnx));
    inputs.add(op.cell() == Recurrent.Cell.LSTM ? state(step, 6, onnx) : "");
    boolean[] wanted = new boolean[step.outputs().size()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = onnx.isUsed(step.outputs().get(i));
    }
    String opType = op.cell() == Recurrent.Cell.SIMPLE ? "RNN" : op.cell().name();
    List<String> results = onnx.nodes(step, opType, inputs, attributes, wanted);
    bind(step, onnx, results);
  }

  private static void bind(Step step, OnnxContext onnx, List<String> results) {
    if (!results.get(0).isEmpty()) {
      // [time, direction, batch, units] to [batch, time, units].
      String all = onnx.node(step, "Squeeze", results.get(0), onnx.ints(1));
      onnx.bind(step.outputs().get(0), onnx.transposed(step, all, 1, 0, 2));
    }
    for (int i = 1; i < results.size(); i++) {
      if (!results.get(i).isEmpty()) {
        String last = onnx.node(step, "Squeeze", results.get(i), onnx.ints(0));
        onnx.bind(step.outputs().get(i), initialWhereEmpty(step, i + 4, last, onnx));
      }
    }
  }

  /** A sequence of length 0 ends in the state that it began with; ONNX Runtime gives zeros. */
  private static String initialWhereEmpty(Step step, int operand, String last, OnnxContext onnx) {
    Value state = step.operandOrNull(operand);
    if (state == null || step.operandOrNull(4) == null) {
      return last;
    }
    String empty = onnx.node(step, "Equal", lengths(step, onnx), onnx.scalar(DataType.INT32, 0));
    String rows = onnx.node(step, "Unsqueeze", empty, onnx.ints(1));
    return onnx.node(step, "Where", rows, onnx.name(state), last);
  }

  /** The functions in the order of the operators: of the gates, the candidate, the output. */
  private static Optional<List<RecurrentActivation>> activations(Recurrent op) {
    List<Unary> functions =
        switch (op.cell()) {
          case LSTM -> List.of(op.recurrentActivation(), op.activation(), op.activation());
          case GRU -> List.of(op.recurrentActivation(), op.activation());
          case SIMPLE -> List.of(op.activation());
        };
    List<RecurrentActivation> found =
        functions.stream().flatMap(f -> RecurrentActivation.of(f).stream()).toList();
    return found.size() == functions.size() ? Optional.of(found) : Optional.empty();
  }

  private static Map<String, OnnxAttribute> attributes(
      Recurrent op, List<RecurrentActivation> activations) {
    Map<String, OnnxAttribute> attributes = new HashMap<>();
    attributes.put("hidden_size", OnnxAttribute.of(op.units()));
    attributes.put("direction", OnnxAttribute.of(op.reverse() ? "reverse" : "forward"));
    attributes.put(
        "activations",
        new OnnxAttribute.Texts(activations.stream().map(RecurrentActivation::name).toList()));
    List<Float> alpha = activations.stream().flatMap(a -> a.alpha().stream()).toList();
    List<Float> beta = activations.stream().flatMap(a -> a.beta().stream()).toList();
    if (!alpha.isEmpty()) {
      attributes.put("activation_alpha", new OnnxAttribute.Reals(alpha));
    }
    if (!beta.isEmpty()) {
      attributes.put("activation_beta", new OnnxAttribute.Reals(beta));
    }
    if (op.cell() == Recurrent.Cell.GRU) {
      attributes.put("linear_before_reset", OnnxAttribute.of(op.resetAfter() ? 1 : 0));
    }
    return attributes;
  }

  private static String lengths(Step step, OnnxContext onnx) {
    Value lengths = step.operandOrNull(4);
    return lengths == null
        ? ""
        : onnx.cast(step, onnx.name(lengths), onnx.dtype(lengths), DataType.INT32);
  }

  private static String state(Step step, int operand, OnnxContext onnx) {
    Value state = step.operandOrNull(operand);
    return state == null ? "" : onnx.node(step, "Unsqueeze", onnx.name(state), onnx.ints(0));
  }
}
