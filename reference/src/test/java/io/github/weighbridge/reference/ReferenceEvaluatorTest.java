package io.github.weighbridge.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.op.ArgSort;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.ConvTranspose;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Pool;
import io.github.weighbridge.core.op.Recurrent;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The reference against numbers worked out by hand (or by the field's own examples). */
class ReferenceEvaluatorTest {

  private static double[] apply(Operation op, Tensor... operands) {
    List<ReferenceArray> arrays = Arrays.stream(operands).map(ReferenceArray::of).toList();
    return ReferenceEvaluator.apply(op, List.copyOf(arrays)).get(0).data();
  }

  private static Tensor iota(long... sizes) {
    float[] values = new float[(int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return Tensor.of(values, sizes);
  }

  @Test
  void convolutionSumsWhatLiesUnderTheWindow() {
    Conv op = new Conv(Window.of(List.of(2), List.of(1), Padding.none(1)), 1, 2);
    Tensor kernel = Tensor.of(new float[] {1, 10}, 2, 1, 1);
    assertThat(apply(op, iota(1, 4, 1), kernel)).containsExactly(10, 21, 32);
  }

  @Test
  void samePaddingPutsTheOddElementAtTheEnd() {
    Window window = Window.of(List.of(2), List.of(1), Padding.sameAtRunTime(1));
    assertThat(apply(new Pool(Pool.Kind.MAX, window, 1), iota(1, 1, 3))).containsExactly(1, 2, 2);
    assertThat(apply(new Pool(Pool.Kind.AVERAGE, window, 1), iota(1, 1, 3)))
        .containsExactly(0.5, 1.5, 2);
  }

  @Test
  void transposedConvolutionSpreadsTheKernel() {
    Window window = Window.of(List.of(2), List.of(2), Padding.none(1));
    Tensor kernel = Tensor.of(new float[] {1, 10}, 2, 1, 1);
    assertThat(apply(new ConvTranspose(window, List.of(0), 2), iota(1, 3, 1), kernel))
        .containsExactly(0, 0, 1, 10, 2, 20);
  }

  @Test
  void productsOfMatrices() {
    assertThat(apply(new MatMul(), iota(2, 2), iota(2, 2))).containsExactly(2, 3, 6, 11);
  }

  @Test
  void gatherWithinEachBatch() {
    Tensor indices = Tensor.of(new long[] {1, 0, 1, 1}, 2, 2);
    assertThat(apply(new Gather(1, 1), iota(2, 2, 1), indices)).containsExactly(1, 0, 3, 3);
  }

  @Test
  void sortingIsStable() {
    Tensor x = Tensor.of(new float[] {1, 0, 1, 0}, 4);
    assertThat(apply(new ArgSort(0, false), x)).containsExactly(1, 3, 0, 2);
    assertThat(apply(new ArgSort(0, true), x)).containsExactly(0, 2, 1, 3);
  }

  @Test
  void reflectionLeavesTheBorderOut() {
    Pad op = new Pad(List.of(2L), List.of(1L), Pad.Mode.REFLECT, 0);
    assertThat(apply(op, iota(3))).containsExactly(2, 1, 0, 1, 2, 1);
  }

  @Test
  void reversedRecurrenceStaysWithinTheLength() {
    Unary identity = Unary.of(UnaryFunction.IDENTITY);
    Recurrent op = new Recurrent(Recurrent.Cell.SIMPLE, 1, identity, identity, true, false);
    Tensor one = Tensor.filled(DataType.FLOAT32, 1, 1, 1);
    Tensor lengths = Tensor.of(new int[] {2}, 1);
    List<ReferenceArray> results =
        ReferenceEvaluator.apply(
            op,
            Arrays.asList(
                ReferenceArray.of(Tensor.of(new float[] {1, 2, 9}, 1, 3, 1)),
                ReferenceArray.of(one),
                ReferenceArray.of(one),
                null,
                ReferenceArray.of(lengths)));
    assertThat(results.get(0).data()).containsExactly(3, 2, 0);
    assertThat(results.get(1).data()).containsExactly(3);
  }
}
