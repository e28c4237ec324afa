package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * Whole numbers that a model computes from the sizes of its tensors, to give them to functions as
 * sizes again: {@code tf.reshape(x, [tf.shape(x)[0], -1])}. What they are is read off the
 * operations that compute them.
 */
final class ComputedSizes {

  /** A whole number, as far as it is known. */
  sealed interface Size {

    /** A number. */
    record Known(long number) implements Size {}

    /** The size of a tensor's axis, known at run time only, plus a number. */
    record OfAxis(Value tensor, int axis, long plus) implements Size {}

    /** Anything else. */
    record Unknown() implements Size {}
  }

  private final OperationScope scope;

  ComputedSizes(OperationScope scope) {
    this.scope = scope;
  }

  /** The numbers of an argument: a vector, a number, or a list of numbers. */
  List<Size> of(Argument argument) {
    if (argument instanceof Argument.Of of) {
      return of(of.value());
    }
    if (argument instanceof Argument.Items items) {
      List<Size> sizes = new ArrayList<>();
      items.elements().forEach(element -> sizes.addAll(of(element)));
      return sizes;
    }
    Tree literal = argument instanceof Argument.Literal own ? own.value() : Tree.none();
    List<Tree> numbers = literal.isArray() ? literal.items() : List.of(literal);
    return numbers.stream()
        .<Size>map(
            number ->
                new Size.Known(
                    number
                        .asLong()
                        .orElseThrow(
                            () -> new IllegalArgumentException("sizes must not be " + literal))))
        .toList();
  }

  /** The numbers of a vector, or the only one of a scalar. */
  List<Size> of(Value value) {
    Optional<WeightRef> constant = scope.constantOf(value);
    boolean whole = !value.type().dtype().isFloating() && value.type().rank() <= 1;
    if (constant.isPresent() && whole) {
      List<Size> numbers = new ArrayList<>();
      for (long number : constant.get().load().cast(DataType.INT64).longs()) {
        numbers.add(new Size.Known(number));
      }
      return numbers;
    }
    return scope
        .builder()
        .producerOf(value)
        .flatMap(this::computed)
        .orElseGet(() -> unknown(value));
  }

  private List<Size> unknown(Value value) {
    if (value.type().rank() > 1) {
      throw scope.unsupported("sizes must be a vector", value.type().toString());
    }
    int count = value.type().rank() == 0 ? 1 : Math.toIntExact(scope.knownSize(value, 0));
    return Collections.nCopies(count, new Size.Unknown());
  }

  private Optional<List<Size>> computed(Step step) {
    Operation op = step.op();
    if (step.inputs().stream().anyMatch(input -> input.type().rank() > 1)) {
      return Optional.empty();
    }
    if (op instanceof Cast || op instanceof Squeeze || op instanceof Unsqueeze) {
      return Optional.of(of(step.operand(0)));
    }
    if (op instanceof Reshape && step.output().type().rank() <= 1) {
      return Optional.of(of(step.operand(0)));
    }
    if (op instanceof Concat) {
      List<Size> all = new ArrayList<>();
      step.inputs().forEach(input -> all.addAll(of(input)));
      return Optional.of(all);
    }
    if (op instanceof Slice slice) {
      return Optional.of(cut(slice, of(step.operand(0))));
    }
    if (op instanceof Gather) {
      return picked(step);
    }
    if (op instanceof Expand expand && expand.dims().size() == 1) {
      return repeated(step);
    }
    if (op instanceof Where) {
      return Optional.of(chosen(step));
    }
    if (op instanceof Binary binary) {
      return Optional.of(combined(binary.function(), of(step.operand(0)), of(step.operand(1))));
    }
    return op instanceof Reduce reduce ? reduced(reduce, step.operand(0)) : Optional.empty();
  }

  private static List<Size> cut(Slice slice, List<Size> numbers) {
    List<Size> taken = new ArrayList<>();
    long at = slice.first(0, numbers.size());
    for (long i = slice.count(0, numbers.size()); i > 0; i--) {
      taken.add(numbers.get((int) at));
      at += slice.steps().get(0);
    }
    return taken;
  }

  private Optional<List<Size>> picked(Step step) {
    List<Size> numbers = of(step.operand(0));
    List<Size> picked = new ArrayList<>();
    for (Size index : of(step.operand(1))) {
      if (!(index instanceof Size.Known known)) {
        return Optional.empty();
      }
      picked.add(numbers.get(Math.toIntExact(known.number())));
    }
    return Optional.of(picked);
  }

  private Optional<List<Size>> repeated(Step expand) {
    Dim count = expand.output().type().shape().dim(0);
    List<Size> numbers = of(expand.operand(0));
    return count.isFixed() && numbers.size() == 1
        ? Optional.of(Collections.nCopies(Math.toIntExact(count.size()), numbers.get(0)))
        : Optional.empty();
  }

  private List<Size> chosen(Step where) {
    List<Size> conditions = of(where.operand(0));
    List<Size> first = of(where.operand(1));
    List<Size> second = of(where.operand(2));
    int count = Math.max(conditions.size(), Math.max(first.size(), second.size()));
    List<Size> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Size condition = conditions.get(conditions.size() == 1 ? 0 : i);
      List<Size> from = condition.equals(new Size.Known(0)) ? second : first;
      boolean known = condition instanceof Size.Known;
      results.add(known ? from.get(from.size() == 1 ? 0 : i) : new Size.Unknown());
    }
    return results;
  }

  private static List<Size> combined(BinaryFunction function, List<Size> first, List<Size> second) {
    int count = Math.max(first.size(), second.size());
    List<Size> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Size x = first.get(first.size() == 1 ? 0 : i);
      Size y = second.get(second.size() == 1 ? 0 : i);
      results.add(combined(function, x, y));
    }
    return results;
  }

  private static Size combined(BinaryFunction function, Size first, Size second) {
    if (first instanceof Size.Known x && second instanceof Size.Known y) {
      return switch (function) {
        case ADD -> new Size.Known(x.number() + y.number());
        case SUBTRACT -> new Size.Known(x.number() - y.number());
        case MULTIPLY -> new Size.Known(x.number() * y.number());
        case MAXIMUM -> new Size.Known(Math.max(x.number(), y.number()));
        case MINIMUM -> new Size.Known(Math.min(x.number(), y.number()));
        case FLOOR_DIVIDE -> quotient(x.number(), y.number());
        case EQUAL -> new Size.Known(x.number() == y.number() ? 1 : 0);
        case GREATER -> new Size.Known(x.number() > y.number() ? 1 : 0);
        default -> new Size.Unknown();
      };
    }
    if (first instanceof Size.OfAxis size && second instanceof Size.Known number) {
      return switch (function) {
        case ADD -> moved(size, number.number());
        case SUBTRACT -> moved(size, -number.number());
        case MULTIPLY, FLOOR_DIVIDE -> number.number() == 1 ? size : new Size.Unknown();
        default -> new Size.Unknown();
      };
    }
    if (first instanceof Size.OfAxis x && second instanceof Size.OfAxis y) {
      return function == BinaryFunction.SUBTRACT && dim(x).equals(dim(y))
          ? new Size.Known(x.plus() - y.plus())
          : new Size.Unknown();
    }
    boolean commutes = function == BinaryFunction.ADD || function == BinaryFunction.MULTIPLY;
    return commutes && first instanceof Size.Known && second instanceof Size.OfAxis
        ? combined(function, second, first)
        : new Size.Unknown();
  }

  private static Dim dim(Size.OfAxis size) {
    return size.tensor().type().shape().dim(size.axis());
  }

  private static Size quotient(long x, long y) {
    return y == 0 ? new Size.Unknown() : new Size.Known(Math.floorDiv(x, y));
  }

  private static Size moved(Size.OfAxis size, long by) {
    return new Size.OfAxis(size.tensor(), size.axis(), size.plus() + by);
  }

  /** The size of an axis as {@link Shapes#size} counts it, or all numbers in one. */
  private Optional<List<Size>> reduced(Reduce reduce, Value operand) {
    Optional<Step> counted =
        scope.builder().producerOf(operand).filter(step -> step.op() instanceof Expand);
    if (reduce.function() == Reduce.Function.SUM && counted.isPresent()) {
      return ones(counted.get()).map(List::of);
    }
    BinaryOperator<Size> fold =
        switch (reduce.function()) {
          case SUM -> (x, y) -> combined(BinaryFunction.ADD, x, y);
          case PRODUCT -> (x, y) -> combined(BinaryFunction.MULTIPLY, x, y);
          case MAX -> (x, y) -> combined(BinaryFunction.MAXIMUM, x, y);
          case MIN -> (x, y) -> combined(BinaryFunction.MINIMUM, x, y);
          default -> (x, y) -> new Size.Unknown();
        };
    return of(operand).stream().reduce(fold).map(List::of);
  }

  private Optional<Size> ones(Step expand) {
    List<DimSource> dims = ((Expand) expand.op()).dims();
    boolean counts = dims.size() == 1 && isOne(expand.operand(0));
    return counts && dims.get(0) instanceof DimSource.Of source
        ? Optional.of(ofAxis(expand.operand(source.operand()), source.axis()))
        : Optional.empty();
  }

  private boolean isOne(Value value) {
    return value.type().rank() == 0 && of(value).equals(List.of(new Size.Known(1)));
  }

  private static Size ofAxis(Value tensor, int axis) {
    Dim dim = tensor.type().shape().dim(axis);
    return dim.isFixed() ? new Size.Known(dim.size()) : new Size.OfAxis(tensor, axis, 0);
  }

  /**
   * Where a size comes from, for an operation of these operands; a tensor that it is the size of
   * becomes one of them.
   */
  DimSource source(Size size, List<Value> operands) {
    if (size instanceof Size.Known known) {
      return new DimSource.Fixed(known.number());
    }
    if (size instanceof Size.OfAxis axis && axis.plus() == 0) {
      if (!operands.contains(axis.tensor())) {
        operands.add(axis.tensor());
      }
      return new DimSource.Of(operands.indexOf(axis.tensor()), axis.axis());
    }
    throw scope.unsupported(
        "sizes must be numbers or sizes of tensors", "a number that the model computes");
  }
}
