package io.github.weighbridge.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {

  private static final Shape IMAGE =
      Shape.of(Dim.symbolic("batch"), Dim.of(28), Dim.of(14), Dim.of(3));

  @Test
  void printsAsAList() {
    assertThat(IMAGE).hasToString("[batch, 28, 14, 3]");
    assertThat(Shape.SCALAR).hasToString("[]");
    assertThat(TensorType.of(DataType.FLOAT32, 2, 3)).hasToString("float32[2, 3]");
  }

  @Test
  void negativeAxesCountFromTheEnd() {
    assertThat(IMAGE.dim(-1)).isEqualTo(Dim.of(3));
    assertThat(IMAGE.dim(1)).isEqualTo(Dim.of(28));
    assertThat(IMAGE.withDim(-2, Dim.of(7))).hasToString("[batch, 28, 7, 3]");
  }

  @Test
  void partsAndOrders() {
    assertThat(IMAGE.slice(1, 3)).isEqualTo(Shape.of(28, 14));
    assertThat(IMAGE.append(Dim.of(9))).hasToString("[batch, 28, 14, 3, 9]");
    assertThat(IMAGE.transposed(0, 3, 1, 2)).hasToString("[batch, 3, 28, 14]");
  }

  @Test
  void countsElements() {
    assertThat(Shape.SCALAR.elementCount()).isEqualTo(1);
    assertThat(Shape.of(2, 0, 3).elementCount()).isZero();
    assertThat(IMAGE.slice(1, 4).elementCount()).isEqualTo(28 * 14 * 3);
    assertThat(IMAGE.isFixed()).isFalse();
    assertThatThrownBy(IMAGE::elementCount)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the size of dimension 'batch' is not known");
    assertThatThrownBy(() -> Shape.elementCount(1L << 32, 1L << 32))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Shape.elementCount(-1, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a dimension is not negative, got -1");
  }
}
