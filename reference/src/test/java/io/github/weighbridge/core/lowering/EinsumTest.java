package io.github.weighbridge.core.lowering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.EinsumEquation;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.reference.ReferenceArray;
import io.github.weighbridge.reference.ReferenceEvaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Einsum's operations against the sum that the equation writes, over random equations. */
final class EinsumTest {

  private static final String LETTERS = "abcdeXY";

  /** An equation with the sizes of its operands. */
  private record Sample(EinsumEquation equation, List<long[]> sizes) {

    @Override
    public String toString() {
      return equation
          + sizes.stream()
              .map(s -> Shape.of(s).toString())
              .collect(Collectors.joining(" ", " ", ""));
    }
  }

  @Test
  void randomEquationsGiveTheSumThatTheyWrite() {
    Random random = new Random(20_260_101);
    for (int i = 0; i < 1_500; i++) {
      Sample sample = sample(random);
      agrees(sample, random, i % 3 == 1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ij,jk->ik; 2,3; 3,4",
        "ij,jk; 2,3; 3,4",
        "ba,cb; 2,3; 4,2",
        "ii; 3,3; ",
        "iij->ij; 3,3,2; ",
        "iii->i; 3,3,3; ",
        "aecd,abcd->acbe; 2,5,3,4; 2,6,3,4",
        "acbe,aecd->abcd; 2,3,6,5; 2,5,3,4",
        "...x,xy->...y; 2,3,4; 4,5",
        "...i,...i->...; 4,1,3; 2,3",
        "...ij,...jk->...ik; 1,3,4; 2,4,5",
        "a...b,bc->a...c; 2,3,4,5; 5,6",
        "ij,j->i; 2,3; 3",
        "i,j; 3; 4",
        "ab,cd->ac; 2,3; 4,5",
        "ij,ij->; 2,3; 2,3",
        "adbec,adbfc->abedf; 2,3,4,5,2; 2,3,4,3,2"
      })
  void equationsGiveTheSumThatTheyWrite(String text, String first, @Nullable String second) {
    List<long[]> sizes = new ArrayList<>(List.of(sizes(first)));
    if (second != null) {
      sizes.add(sizes(second));
    }
    Sample sample = new Sample(EinsumEquation.parse(text), sizes);
    agrees(sample, new Random(7), false);
    agrees(sample, new Random(7), true);
  }

  private static long[] sizes(String text) {
    return Arrays.stream(text.split(",")).mapToLong(Long::parseLong).toArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ij,jk->ii", "i.j->i", "ij->ik", "......->", "i1->i", "i->j...", "ij->i->j"})
  void whatIsNoEquationIsRefused(String text) {
    assertThatThrownBy(() -> EinsumEquation.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void operandsThatDoNotFitAreRefused() {
    EinsumEquation equation = EinsumEquation.parse("...ij,jk->...ik");
    assertThatThrownBy(() -> equation.resultShape(List.of(Shape.of(2, 3))))
        .hasMessage("2 operands are needed by '...ij,jk->...ik', got 1");
    assertThatThrownBy(() -> equation.resultShape(List.of(Shape.of(2, 1), Shape.of(3, 4))))
        .hasMessage("an axis of '...ij,jk->...ik' has the sizes 1 and 3");
    assertThatThrownBy(() -> equation.resultShape(List.of(Shape.of(2, 3), Shape.of(3, 4, 5))))
        .hasMessage("operand 1 of '...ij,jk->...ik' has rank 3");
    EinsumEquation closed = EinsumEquation.parse("...i->i");
    assertThatThrownBy(() -> closed.resultShape(List.of(Shape.of(2, 3))))
        .hasMessage("the result of '...i->i' must have an ellipsis for the unnamed axes");
  }

  private static Sample sample(Random random) {
    int count = 1 + random.nextInt(3);
    long[] sizes = LETTERS.chars().mapToLong(axis -> 1 + random.nextInt(4)).toArray();
    long[] unnamed = {1 + random.nextInt(3), 1 + random.nextInt(3)};
    List<String> operands = new ArrayList<>();
    List<long[]> shapes = new ArrayList<>();
    int most = 0;
    for (int i = 0; i < count; i++) {
      StringBuilder axes = new StringBuilder();
      int named = random.nextInt(4);
      int open = random.nextInt(3) == 0 ? random.nextInt(unnamed.length + 1) : -1;
      int at = random.nextInt(named + 1);
      List<Long> shape = new ArrayList<>();
      for (int axis = 0; axis <= named; axis++) {
        if (axis == at && open >= 0) {
          axes.append("...");
          most = Math.max(most, open);
          for (int j = 0; j < open; j++) {
            shape.add(random.nextInt(4) == 0 ? 1 : unnamed[unnamed.length - open + j]);
          }
        }
        if (axis < named) {
          int name = random.nextInt(sizes.length);
          axes.append(LETTERS.charAt(name));
          shape.add(sizes[name]);
        }
      }
      operands.add(axes.toString());
      shapes.add(shape.stream().mapToLong(Long::longValue).toArray());
    }
    String left = String.join(",", operands);
    return new Sample(EinsumEquation.parse(left + result(random, left, most)), shapes);
  }

  private static String result(Random random, String left, int unnamed) {
    if (random.nextInt(5) == 0) {
      return "";
    }
    List<String> axes =
        left.chars()
            .filter(Character::isLetter)
            .distinct()
            .filter(axis -> random.nextInt(3) > 0)
            .mapToObj(Character::toString)
            .collect(Collectors.toCollection(ArrayList::new));
    if (left.contains(".") && (unnamed > 0 || random.nextBoolean())) {
      axes.add("...");
    }
    Collections.shuffle(axes, random);
    return "->" + String.join("", axes);
  }

  private static void agrees(Sample sample, Random random, boolean symbolic) {
    GraphBuilder builder = new GraphBuilder("einsum");
    List<Value> inputs = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    for (long[] sizes : sample.sizes()) {
      double[] numbers = random.doubles(Shape.elementCount(sizes), -1, 1).toArray();
      tensors.add(Tensor.of(numbers, sizes));
      Shape shape = symbolic ? unknown(sample, inputs.size()) : Shape.of(sizes);
      inputs.add(builder.input("x" + inputs.size(), new TensorType(DataType.FLOAT64, shape)));
    }
    Value result = Einsum.add(new OperationScope(builder, "einsum"), sample.equation(), inputs);
    Graph graph = builder.build(Argument.of(inputs), new Argument.Of(result));
    ReferenceArray got = ReferenceEvaluator.run(graph, tensors).get(0);
    double[] expected = sum(sample, tensors);
    assertThat(got.type().shape())
        .as(sample.toString())
        .isEqualTo(sample.equation().resultShape(sample.sizes().stream().map(Shape::of).toList()));
    double[] values = got.toTensor().doubles();
    assertThat(values).as(sample.toString()).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(values[i]).as(sample.toString()).isEqualTo(expected[i], within(1e-9));
    }
  }

  /** A shape in which no size is known, axes of one name having one symbol. */
  private static Shape unknown(Sample sample, int operand) {
    List<Integer> ranks = sample.sizes().stream().map(s -> s.length).toList();
    String axes = sample.equation().expanded(ranks).operands().get(operand);
    return new Shape(
        IntStream.range(0, axes.length())
            .mapToObj(
                i ->
                    EinsumEquation.isUnnamed(axes.charAt(i))
                        ? Dim.of(sample.sizes().get(operand)[i])
                        : Dim.symbolic("n" + axes.charAt(i)))
            .toList());
  }

  /** The sum over every value of every index; sizes and indices stand at the axes' characters. */
  private static double[] sum(Sample sample, List<Tensor> tensors) {
    EinsumEquation equation =
        sample.equation().expanded(sample.sizes().stream().map(s -> s.length).toList());
    long[] sizes = new long[128];
    for (int i = 0; i < tensors.size(); i++) {
      for (int axis = 0; axis < sample.sizes().get(i).length; axis++) {
        char name = equation.operands().get(i).charAt(axis);
        sizes[name] = Math.max(sizes[name], sample.sizes().get(i)[axis]);
      }
    }
    long[] shape = equation.result().chars().mapToLong(axis -> sizes[axis]).toArray();
    double[] result = new double[(int) Shape.elementCount(shape)];
    List<double[]> numbers = tensors.stream().map(Tensor::doubles).toList();
    long[] index = new long[128];
    do {
      double product = 1;
      for (int i = 0; i < numbers.size(); i++) {
        product *= numbers.get(i)[at(equation.operands().get(i), index, sample.sizes().get(i))];
      }
      result[at(equation.result(), index, shape)] += product;
    } while (next(index, sizes));
    return result;
  }

  /** The next index; false after the last. */
  private static boolean next(long[] index, long... sizes) {
    for (int axis = 0; axis < index.length; axis++) {
      if (++index[axis] < sizes[axis]) {
        return true;
      }
      index[axis] = 0;
    }
    return false;
  }

  private static int at(String axes, long[] index, long... sizes) {
    long at = 0;
    for (int axis = 0; axis < axes.length(); axis++) {
      at = at * sizes[axis] + (sizes[axis] == 1 ? 0 : index[axes.charAt(axis)]);
    }
    return (int) at;
  }
}
