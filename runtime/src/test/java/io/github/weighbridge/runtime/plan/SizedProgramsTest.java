package io.github.weighbridge.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SizedProgramsTest {

  private final List<Shape> made = new ArrayList<>();
  private final SizedPrograms programs = new SizedPrograms(this::timesItsSize);

  /** Every element times how many there are, which stands in the operations as a number. */
  private Graph timesItsSize(List<Shape> shapes) {
    Shape shape = shapes.get(0);
    made.add(shape);
    GraphBuilder graph = new GraphBuilder("sized");
    Value x = graph.input("x", new TensorType(DataType.FLOAT32, shape));
    int count = Math.toIntExact(shape.dim(0).size());
    Value size = graph.constant("size", WeightRef.of(Tensor.filled(DataType.FLOAT32, count)));
    Value y = graph.add("times", new Binary(BinaryFunction.MULTIPLY), x, size);
    return graph.build(new Argument.Of(x), new Argument.Of(y), List.of("y"));
  }

  private void check(int size) {
    float[] elements = new float[size];
    elements[0] = 3;
    Tensor result = programs.run(List.of(Tensor.of(elements, size))).get(0);
    assertThat(result.sizes()).containsExactly(size);
    assertThat(result.getDouble(0)).isEqualTo(3.0 * size);
  }

  @AfterEach
  void close() {
    programs.close();
  }

  @Test
  void hasAProgramForEachSize() {
    check(2);
    check(5);
    check(2);
    assertThat(made).containsExactly(Shape.of(2), Shape.of(5));
  }

  @Test
  void forgetsTheSizeThatWasUsedLeastRecently() {
    for (int size : new int[] {1, 2, 3, 4, 1, 5, 1, 2}) {
      check(size);
    }
    assertThat(made)
        .containsExactly(
            Shape.of(1), Shape.of(2), Shape.of(3), Shape.of(4), Shape.of(5), Shape.of(2));
  }

  @Test
  void refusesToRunAfterwards() {
    check(2);
    programs.close();
    assertThatThrownBy(() -> check(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the session is closed");
  }
}
