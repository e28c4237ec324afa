package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Recurrent;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Weights of recurrent layers in ONNX's layout: kernels {@code [1, gates units, in]}, the bias
 * {@code [1, 2 gates units]} (input part, recurrent part), LSTM gates in the order i, o, f, c.
 *
 * <p>Views of the weights where these are constants, nodes where the model computes them.
 */
final class RecurrentWeights {

  /** Where ONNX's LSTM gates i, o, f, c stand among Keras's i, f, c, o. */
  private static final int[] LSTM_ORDER = {0, 3, 1, 2};

  private final Recurrent op;
  private final Step step;
  private final OnnxContext onnx;
  private final long width;

  RecurrentWeights(Recurrent op, Step step, OnnxContext onnx) {
    this.op = op;
    this.step = step;
    this.onnx = onnx;
    this.width = (long) op.cell().gates() * op.units();
  }

  /** A kernel {@code [in, gates units]}. */
  String kernel(Value value) {
    Optional<WeightRef> constant = onnx.constantOf(value);
    if (constant.isPresent()) {
      WeightRef kernel = constant.get();
      return onnx.constants()
          .derived(
              List.of(value, op.cell()),
              value.name() + "/" + op.cell(),
              () -> reordered(kernel.transposed(1, 0)).reshaped(1, width, kernel.sizes()[0]));
    }
    String transposed = onnx.transposed(step, onnx.name(value), 1, 0);
    return onnx.node(step, "Unsqueeze", reordered(transposed), onnx.ints(0));
  }

  /** The bias, {@code [gates units]} or {@code [2, gates units]}; none where there is none. */
  String bias(@Nullable Value value) {
    if (value == null) {
      return "";
    }
    DataType dtype = onnx.dtype(value);
    boolean both = value.type().rank() == 2;
    Optional<WeightRef> constant = onnx.constantOf(value);
    if (constant.isPresent()) {
      return onnx.constants()
          .derived(
              List.of(value, op.cell()),
              value.name() + "/" + op.cell(),
              () -> both ? constant.get().reshaped(1, 2 * width) : withZeros(constant.get()));
    }
    String joined = onnx.name(value);
    if (!both) {
      String zeros =
          onnx.constants()
              .derived(
                  List.of(dtype, "zeros", width),
                  "zeros[" + width + "]",
                  () -> WeightRef.filled(dtype, 0, width));
      joined =
          onnx.node(
              step,
              "Concat",
              List.of(reordered(joined), zeros),
              Map.of("axis", OnnxAttribute.of(0)));
    }
    return onnx.node(step, "Reshape", joined, onnx.ints(1, 2 * width));
  }

  private WeightRef withZeros(WeightRef bias) {
    WeightRef zeros = WeightRef.filled(bias.dtype(), 0, width);
    return WeightRef.concatenated(0, List.of(reordered(bias), zeros)).reshaped(1, 2 * width);
  }

  private WeightRef reordered(WeightRef gatesFirst) {
    return op.cell() == Recurrent.Cell.LSTM ? gatesFirst.gathered(0, lstmRows()) : gatesFirst;
  }

  private String reordered(String gatesFirst) {
    return op.cell() == Recurrent.Cell.LSTM
        ? onnx.node(step, "Gather", gatesFirst, onnx.ints(lstmRows()))
        : gatesFirst;
  }

  private long[] lstmRows() {
    return IntStream.of(LSTM_ORDER)
        .mapToObj(gate -> LongStream.range((long) gate * op.units(), (gate + 1L) * op.units()))
        .flatMapToLong(rows -> rows)
        .toArray();
  }
}
