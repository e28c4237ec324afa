package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Arrays of sizes that only running tells. {@code keras.ops} knows sizes by number alone, so these
 * are counted: the product of ones like a tensor, along all axes but one, is an array of ones as
 * long as that one, even if there is no element.
 */
final class OpenSizes {

  private static final Pattern LESS = Pattern.compile("(\\w+)-(\\d{1,9})");

  private OpenSizes() {}

  /** An array of ones. */
  static Argument ones(ComposedCall call, List<Dim> dims, DataType dtype) {
    int rank = dims.size();
    long[] known = new long[rank];
    Arrays.setAll(known, i -> dims.get(i).isFixed() ? dims.get(i).size() : 1);
    List<Argument> factors = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      if (!dims.get(i).isFixed()) {
        factors.add(along(call, line(call, dims.get(i), dtype), rank, i));
      }
    }
    boolean fixed = factors.isEmpty();
    if (fixed) {
      factors.add(one(call, dtype));
    }
    if (Arrays.stream(known).anyMatch(size -> size != 1) || (fixed && rank > 0)) {
      factors.add(Literals.array(dtype, Literals.filled(1, known)));
    }
    Argument product = factors.get(0);
    for (Argument factor : factors.subList(1, factors.size())) {
      product = call.add("Multiply", product, factor);
    }
    return product;
  }

  /** The number 1, computed: what depends on no input of a model cannot stand in it. */
  static Argument one(ComposedCall call, DataType dtype) {
    Value any =
        call.before().stream()
            .filter(OpenSizes::isCountable)
            .findFirst()
            .orElseThrow(() -> new Inexpressible("must have an input of numbers", "none"));
    return product(call, any, dtype, List.of());
  }

  /** The size of an axis as a number. */
  static Argument count(ComposedCall call, Dim dim, DataType dtype) {
    return call.add("Sum", line(call, dim, dtype));
  }

  /** As many ones as an axis is long. */
  static Argument line(ComposedCall call, Dim dim, DataType dtype) {
    for (Value value : call.before()) {
      if (isCountable(value) && value.type().shape().dims().contains(dim)) {
        return product(call, value, dtype, List.of(value.type().shape().dims().indexOf(dim)));
      }
    }
    Matcher less = LESS.matcher(dim.toString());
    if (less.matches()) {
      // Of an axis that is shorter than that, Python's slices leave nothing either.
      Argument whole = line(call, Dim.symbolic(less.group(1)), dtype);
      return call.items(whole, List.of(Literals.slice(null, -Long.parseLong(less.group(2)), null)));
    }
    throw new Inexpressible(
        "must have sizes that are known or those of tensors: keras.ops has none that are computed",
        dim.toString());
  }

  /** Numbers from a start on, as many as an axis is long. */
  static Argument range(ComposedCall call, Dim length, double start, double delta, DataType dtype) {
    if (length.isFixed()) {
      return call.add("Multiply", one(call, dtype), numbers(length.size(), start, delta, dtype));
    }
    Argument sums = call.add("Cumsum", List.of(line(call, length, DataType.INT32)), "axis", 0);
    Argument places = call.cast(call.add("Subtract", sums, Literals.of(1)), dtype);
    Argument steps =
        delta == 1 ? places : call.add("Multiply", places, Literals.of(plain(dtype, delta)));
    return start == 0 ? steps : call.add("Add", steps, Literals.of(plain(dtype, start)));
  }

  /** So many numbers, as a constant. */
  static Argument numbers(long count, double start, double delta, DataType dtype) {
    List<Object> numbers = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      numbers.add(plain(dtype, start + i * delta));
    }
    return Literals.array(dtype, numbers);
  }

  private static Object plain(DataType dtype, double number) {
    return dtype.isFloating() ? (Object) number : (Object) (long) number;
  }

  private static boolean isCountable(Value value) {
    return value.knownType().isPresent() && value.type().dtype() != DataType.STRING;
  }

  private static Argument product(
      ComposedCall call, Value value, DataType dtype, List<Integer> kept) {
    Argument ones =
        call.add("OnesLike", List.of(new Argument.Of(value)), "dtype", dtype.kerasName());
    List<Integer> others =
        IntStream.range(0, value.type().rank())
            .filter(axis -> !kept.contains(axis))
            .boxed()
            .toList();
    return others.isEmpty() ? ones : call.add("Prod", List.of(ones), "axis", others);
  }

  private static Argument along(ComposedCall call, Argument line, int rank, int axis) {
    if (rank == 1) {
      return line;
    }
    long[] shape = new long[rank];
    Arrays.setAll(shape, i -> i == axis ? -1 : 1);
    List<Long> sizes = Arrays.stream(shape).boxed().toList();
    return call.add("Reshape", List.of(line), "newshape", sizes);
  }
}
