package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.NativeCall;
import io.github.weighbridge.runtime.nd4j.Task;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Functions of two numbers with numpy's broadcasting. Large float32 sums, differences and products
 * go to ND4J for its threads, other float32 ones through {@link FloatBinary}; whole numbers are
 * computed as such, everything else in double precision.
 */
final class BinaryKernel implements Kernel<Binary> {

  @Override
  public boolean canOverwrite(Binary op, StepTypes types, int operand) {
    TensorType given = types.input(operand);
    return given.dtype() == types.output().dtype()
        && given.shape().elementCount() == types.output().shape().elementCount();
  }

  @Override
  public Task prepare(Binary op, StepArrays arrays) {
    return task(op.function(), arrays.input(0), arrays.input(1), arrays.output());
  }

  /** Adds a vector to every row of an array in place; nothing if there is none. */
  static Task addBias(NativeArray z, @Nullable NativeArray bias) {
    return bias == null ? () -> {} : task(BinaryFunction.ADD, z, bias, z);
  }

  private static Task task(BinaryFunction function, NativeArray x, NativeArray y, NativeArray z) {
    if (x.dtype() == DataType.FLOAT32 && !function.isPredicate()) {
      Optional<String> name = nativeName(function, x, y, z);
      return name.isPresent()
          ? NativeCall.of(name.get()).input(x).input(y).output(z).build()
          : new FloatBinary(function, x, y, z);
    }
    BroadcastWalk walk = new BroadcastWalk(z, x, y);
    return x.dtype().isInteger()
        ? () -> longs(function, walk, x, y, z)
        : () -> doubles(function, walk, x, y, z);
  }

  /** ND4J's operation where it is right and worth its start: equal shapes, or a vector as bias. */
  private static Optional<String> nativeName(
      BinaryFunction function, NativeArray x, NativeArray y, NativeArray z) {
    if (z.count() < UnaryKernel.NATIVE_FROM || x.count() != z.count()) {
      return Optional.empty();
    }
    boolean bias = y.rank() == 1 && x.rank() > 1 && y.size(0) == x.size(x.rank() - 1);
    if (y.count() != z.count() || y.rank() != x.rank()) {
      return bias && function == BinaryFunction.ADD ? Optional.of("biasadd") : Optional.empty();
    }
    return switch (function) {
      case ADD -> Optional.of("add");
      case SUBTRACT -> Optional.of("subtract");
      case MULTIPLY -> Optional.of("multiply");
      default -> Optional.empty();
    };
  }

  private static void doubles(
      BinaryFunction function, BroadcastWalk walk, NativeArray x, NativeArray y, NativeArray z) {
    int n = walk.runLength();
    int stepX = walk.step(0);
    int stepY = walk.step(1);
    walk.forEachRun(
        (result, from) -> {
          for (int i = 0; i < n; i++) {
            double value =
                function.apply(x.getDouble(from[0] + i * stepX), y.getDouble(from[1] + i * stepY));
            z.putDouble(result + i, value);
          }
        });
  }

  private static void longs(
      BinaryFunction function, BroadcastWalk walk, NativeArray x, NativeArray y, NativeArray z) {
    int n = walk.runLength();
    int stepX = walk.step(0);
    int stepY = walk.step(1);
    walk.forEachRun(
        (result, from) -> {
          for (int i = 0; i < n; i++) {
            long value =
                whole(function, x.getLong(from[0] + i * stepX), y.getLong(from[1] + i * stepY));
            z.putLong(result + i, value);
          }
        });
  }

  /** The function of whole numbers: exact, where double precision ends at 2^53. */
  private static long whole(BinaryFunction function, long x, long y) {
    return switch (function) {
      case ADD -> x + y;
      case SUBTRACT -> x - y;
      case MULTIPLY -> x * y;
      case MAXIMUM -> Math.max(x, y);
      case MINIMUM -> Math.min(x, y);
      case DIVIDE -> y == 0 ? 0 : x / y;
      case FLOOR_DIVIDE -> y == 0 ? 0 : Math.floorDiv(x, y);
      case MODULO -> y == 0 ? 0 : Math.floorMod(x, y);
      case FMOD -> y == 0 ? 0 : x % y;
      case POWER -> power(x, y);
      case BITWISE_AND -> x & y;
      case BITWISE_OR -> x | y;
      case BITWISE_XOR -> x ^ y;
      case SHIFT_LEFT -> x << y;
      case SHIFT_RIGHT -> x >> y;
      case EQUAL -> x == y ? 1 : 0;
      case NOT_EQUAL -> x != y ? 1 : 0;
      case LESS -> x < y ? 1 : 0;
      case LESS_EQUAL -> x <= y ? 1 : 0;
      case GREATER -> x > y ? 1 : 0;
      case GREATER_EQUAL -> x >= y ? 1 : 0;
      case ATAN2, LOGICAL_AND, LOGICAL_OR, LOGICAL_XOR ->
          (long) function.apply((double) x, (double) y);
    };
  }

  /** By squaring, wrapping as products do; towards 0 where the exponent is negative. */
  private static long power(long base, long exponent) {
    if (exponent < 0) {
      return base == 1 ? 1 : base == -1 ? 1 - 2 * (exponent & 1) : 0;
    }
    long result = 1;
    long square = base;
    for (long rest = exponent; rest != 0; rest >>= 1) {
      result *= (rest & 1) == 1 ? square : 1;
      square *= square;
    }
    return result;
  }
}
