package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.ADD;
import static io.github.weighbridge.core.op.BinaryFunction.MAXIMUM;
import static io.github.weighbridge.core.op.BinaryFunction.MINIMUM;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Places that lie some part of the way along rows of numbers, and those of whole numbers nearby.
 */
sealed interface OrderPlaces {

  /** Which whole place. */
  enum Rounding {
    FLOOR,
    CEIL,
    NEAREST,
    /** The place before the one that {@link #CEIL} is, the first at least. */
    BEFORE,
    /** The place behind {@link #BEFORE}, the last at most. */
    BEHIND
  }

  /** Whole places within the rows (int64), a vector or {@code [rows..., places]}. */
  Value rounded(Rounding rounding);

  /** How far {@link Rounding#BEHIND} is behind the place itself, as numbers of a type. */
  Value share(DataType dtype);

  /**
   * Places that follow from the file, computed here in double precision.
   *
   * @param size how long the rows are
   * @param count how many numbers of each row count (int64, {@code [rows..., 1]}); null for all
   */
  record Known(OperationScope scope, List<Double> fractions, int size, @Nullable Value count)
      implements OrderPlaces {

    /** Copies the fractions. */
    public Known {
      fractions = List.copyOf(fractions);
    }

    @Override
    public Value rounded(Rounding rounding) {
      return table("places", DataType.INT64, (last, place) -> whole(rounding, last, place));
    }

    @Override
    public Value share(DataType dtype) {
      return table("shares", dtype, (last, place) -> whole(Rounding.BEHIND, last, place) - place);
    }

    private static double whole(Rounding rounding, int last, double place) {
      double own =
          switch (rounding) {
            case FLOOR -> Math.floor(place);
            case CEIL -> Math.ceil(place);
            case NEAREST -> Math.rint(place);
            case BEFORE -> Math.ceil(place) - 1;
            case BEHIND -> Math.max(0, Math.ceil(place) - 1) + 1;
          };
      return Math.max(0, Math.min(last, own));
    }

    /** A number for a place in a row of which all up to {@code last} count. */
    @FunctionalInterface
    private interface OfPlace {
      double at(int last, double place);
    }

    private Value table(String what, DataType dtype, OfPlace function) {
      int width = fractions.size();
      int first = count == null ? size : 0;
      double[] numbers = new double[(size - first + 1) * width];
      for (int i = 0; i < numbers.length; i++) {
        int last = first + i / width - 1;
        numbers[i] = function.at(last, last * fractions.get(i % width));
      }
      if (count == null) {
        return scope.constant(what, Tensor.of(numbers, width).cast(dtype));
      }
      Value table = scope.constant(what, Tensor.of(numbers, size + 1L, width).cast(dtype));
      Value row = scope.add("row", new Squeeze(List.of(count.type().rank() - 1)), count);
      return scope.add(what, new Gather(0, 0), table, row);
    }
  }

  /**
   * Places that are computed.
   *
   * @param fractions the parts of the way (float64), a vector
   * @param last the last number that counts (float64), or that of each row, {@code [rows..., 1]}
   */
  record Computed(OperationScope scope, Value fractions, Value last) implements OrderPlaces {

    private Value place() {
      return scope.binary(MULTIPLY, last, fractions);
    }

    private Value whole(Rounding rounding) {
      return switch (rounding) {
        case FLOOR -> within(scope.unary(UnaryFunction.FLOOR, place()));
        case CEIL -> within(scope.unary(UnaryFunction.CEIL, place()));
        case NEAREST -> within(scope.unary(UnaryFunction.ROUND, place()));
        case BEFORE -> within(scope.binary(SUBTRACT, whole(Rounding.CEIL), 1));
        case BEHIND -> within(scope.binary(ADD, whole(Rounding.BEFORE), 1));
      };
    }

    private Value within(Value place) {
      return scope.binary(MAXIMUM, scope.binary(MINIMUM, place, last), 0);
    }

    @Override
    public Value rounded(Rounding rounding) {
      return scope.cast(whole(rounding), DataType.INT64);
    }

    @Override
    public Value share(DataType dtype) {
      return scope.cast(scope.binary(SUBTRACT, whole(Rounding.BEHIND), place()), dtype);
    }
  }
}
