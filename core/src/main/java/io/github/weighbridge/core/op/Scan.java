package io.github.weighbridge.core.op;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A graph run once for every step of a sequence, for loops that have no operation of their own.
 *
 * <p>Operands: the first states; the sequences {@code [batch, time, ...]}, one at least, of the
 * same time; then what every step sees as it is: weights and other values from outside. The body
 * takes the same, each sequence as one step {@code [batch, ...]} of it, and returns the next
 * states, of unchanged types, then any outputs {@code [batch, ...]}. It has no constants.
 *
 * <p>Outputs: the last states; then the outputs of all steps, {@code [batch, time, ...]}.
 *
 * @param body what is done at a step
 * @param states how many states are carried
 * @param sequences how many sequences are walked over
 */
public record Scan(Graph body, int states, int sequences) implements Operation {

  /** Refuses a body that does not fit. */
  public Scan {
    Operands.require(sequences > 0, "a loop needs a sequence");
    Operands.require(
        body.inputValues().size() >= states + sequences && body.outputValues().size() >= states,
        "the body must take and return " + states + " states");
    Operands.require(body.constants().isEmpty(), "the body must take constants as operands");
  }

  /** This loop with another body of the same inputs and outputs. */
  public Scan withBody(Graph other) {
    return new Scan(other, states, sequences);
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    Operands.require(
        operands.size() == body.inputValues().size(),
        "the body takes " + body.inputValues().size() + " values, got " + operands.size());
    Dim time = Operands.required(operands, states).shape().dim(1);
    List<TensorType> inputs = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      TensorType operand = Operands.required(operands, i);
      boolean sequence = i >= states && i < states + sequences;
      Operands.require(
          !sequence || Operands.canBeEqual(time, operand.shape().dim(1)),
          "sequences have " + time + " and " + operand.shape().dim(1) + " steps");
      inputs.add(sequence ? stepOf(operand) : operand);
    }
    List<TensorType> outputs = new ArrayList<>();
    List<TensorType> made = bodyOutputs(inputs);
    for (int i = 0; i < made.size(); i++) {
      if (i < states) {
        requireUnchanged(inputs.get(i), made.get(i));
        outputs.add(inputs.get(i));
      } else {
        List<Dim> dims = new ArrayList<>(made.get(i).shape().dims());
        dims.add(1, time);
        outputs.add(made.get(i).withShape(new Shape(dims)));
      }
    }
    return outputs;
  }

  /** The type of one step of a sequence. */
  public static TensorType stepOf(TensorType sequence) {
    List<Dim> dims = new ArrayList<>(sequence.shape().dims());
    dims.remove(1);
    return sequence.withShape(new Shape(dims));
  }

  private List<TensorType> bodyOutputs(List<TensorType> inputs) {
    Map<Value, TensorType> types = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      types.put(body.inputValues().get(i), inputs.get(i));
    }
    for (Step step : body.steps()) {
      List<@Nullable TensorType> operands = new ArrayList<>();
      for (Value operand : step.operands()) {
        operands.add(operand == null ? null : types.get(operand));
      }
      List<TensorType> made = step.op().outputTypes(operands);
      for (int i = 0; i < made.size(); i++) {
        types.put(step.outputs().get(i), made.get(i));
      }
    }
    return body.outputValues().stream().map(v -> Objects.requireNonNull(types.get(v))).toList();
  }

  private static void requireUnchanged(TensorType before, TensorType after) {
    boolean fits = before.dtype() == after.dtype() && before.rank() == after.rank();
    for (int axis = 0; fits && axis < before.rank(); axis++) {
      fits = Operands.canBeEqual(before.shape().dim(axis), after.shape().dim(axis));
    }
    Operands.require(fits, "a state " + before + " must not become " + after);
  }

  /** Without the body, which printers show below. */
  @Override
  public String toString() {
    return "Scan[states=" + states + ", sequences=" + sequences + "]";
  }
}
