package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Recurrent;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.NativeCall;
import io.github.weighbridge.runtime.nd4j.NativeLibrary;
import io.github.weighbridge.runtime.nd4j.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * Recurrent layers. An LSTM of sigmoid gates and tanh over whole sequences is ND4J's lstmLayer with
 * oneDNN, which is right only for these functions and only when asked for all three outputs.
 * Everything else is a loop over the steps: {@link RecurrentLoop} for float32, {@link
 * RecurrentDoubles} for the rest. (ND4J's gru has one bias where Keras has two; its lstmLayer
 * without oneDNN is slower than the loop.)
 */
final class RecurrentKernel implements Kernel<Recurrent> {

  @Override
  public List<TensorType> scratch(Recurrent op, StepTypes types) {
    return isNative(op, types)
        ? List.of(TensorType.of(DataType.FLOAT32, 4L * op.units()))
        : types.isFloat32() ? RecurrentLoop.scratch(op, types) : List.of();
  }

  private static boolean isNative(Recurrent op, StepTypes types) {
    return op.cell() == Recurrent.Cell.LSTM
        && op.activation().function() == UnaryFunction.TANH
        && op.recurrentActivation().function() == UnaryFunction.SIGMOID
        && types.isFloat32()
        && !types.has(4)
        && types.has(5) == types.has(6)
        && types.input(0).shape().elementCount() > 0
        // With one feature or one unit lstmLayer takes the batch for the time: wrong numbers.
        && types.sizes(0)[2] > 1
        && op.units() > 1
        && NativeLibrary.get().hasOneDnn();
  }

  @Override
  public Task prepare(Recurrent op, StepArrays arrays) {
    List<TensorType> inputs = new ArrayList<>();
    for (NativeArray input : arrays.inputs()) {
      inputs.add(input == null ? null : type(input));
    }
    StepTypes types =
        new StepTypes(inputs, arrays.outputs().stream().map(RecurrentKernel::type).toList());
    if (isNative(op, types)) {
      return lstmLayer(op, arrays);
    }
    return types.isFloat32() ? new RecurrentLoop(op, arrays) : new RecurrentDoubles(op, arrays);
  }

  private static TensorType type(NativeArray array) {
    return TensorType.of(array.dtype(), array.sizes());
  }

  private static Task lstmLayer(Recurrent op, StepArrays arrays) {
    NativeArray bias = arrays.inputOrNull(3);
    boolean states = arrays.inputOrNull(5) != null;
    NativeCall.Builder call =
        NativeCall.of("lstmLayer")
            .input(arrays.input(0))
            .input(arrays.input(1))
            .input(arrays.input(2))
            .input(bias == null ? arrays.scratch(0) : bias);
    if (states) {
      call.input(arrays.input(5)).input(arrays.input(6));
    }
    // Time in the middle; gates by sigmoid (2), cell and output by tanh (0).
    long direction = op.reverse() ? 1 : 0;
    Task layer =
        call.output(arrays.output(0))
            .output(arrays.output(1))
            .output(arrays.output(2))
            .integers(1, direction, 2, 0, 0)
            .reals(0)
            .flags(true, false, states, states, false, true, true, true)
            .build();
    return bias == null ? Task.sequence(Fill.zeros(arrays.scratch(0)), layer) : layer;
  }
}
