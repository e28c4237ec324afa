package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.lowering.ComputedSizes.Size;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.CumSum;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** TensorFlow's functions that tell shapes, and those that take them, perhaps computed ones. */
final class TensorFlowShapes {

  private TensorFlowShapes() {}

  static void addTo(FunctionTable table) {
    table.add("tf.broadcast_to(input, shape)", TensorFlowShapes::broadcast);
    table.add("tf.fill(dims, value, dtype=None)", TensorFlowShapes::fill);
    table.add("tf.keras.backend.batch_flatten(x)", TensorFlowShapes::rows);
    table.add("tf.ones(shape, dtype='float32')", call -> filled(call, 1));
    table.add("tf.range(start, limit=None, delta=1, dtype=None)", TensorFlowShapes::range);
    table.add("tf.reshape(tensor, shape)", TensorFlowShapes::reshape);
    table.add("tf.sequence_mask(lengths, maxlen=None, dtype='bool')", TensorFlowShapes::isWithin);
    table.add("tf.shape(input, out_type='int32')", TensorFlowShapes::shape);
    table.add("tf.size(input, out_type='int32')", TensorFlowShapes::size);
    table.add("tf.tile(input, multiples)", TensorFlowShapes::tile);
    table.add("tf.zeros(shape, dtype='float32')", call -> filled(call, 0));
  }

  private static DataType indexType(FunctionCall call) {
    return call.dtype("out_type").orElse(DataType.INT32);
  }

  private static Value shape(FunctionCall call) {
    Value x = call.tensor("input");
    DataType dtype = indexType(call);
    int rank = x.type().rank();
    if (x.type().shape().isFixed()) {
      Tensor sizes = Tensor.of(x.type().shape().sizes(), rank);
      return call.constant("shape", sizes.cast(dtype));
    }
    List<Value> sizes = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      Value size = Shapes.size(call, x, axis, dtype);
      sizes.add(call.add("each", new Unsqueeze(List.of(0)), size));
    }
    return rank == 1 ? sizes.get(0) : call.add("shape", new Concat(0), sizes.toArray(Value[]::new));
  }

  private static Value size(FunctionCall call) {
    Value x = call.tensor("input");
    Value product = call.scalar("one", indexType(call), 1);
    for (int axis = 0; axis < x.type().rank(); axis++) {
      Value size = Shapes.size(call, x, axis, indexType(call));
      product = call.binary(BinaryFunction.MULTIPLY, product, size);
    }
    return product;
  }

  /** A size that nothing else is known of is what remains when the others are known. */
  private static Value reshape(FunctionCall call) {
    List<Value> operands = new ArrayList<>(List.of(call.tensor("tensor")));
    ComputedSizes computed = new ComputedSizes(call);
    List<Size> sizes = computed.of(call.argument("shape"));
    boolean hasRest = sizes.stream().anyMatch(TensorFlowShapes::isRest);
    long unknown = sizes.stream().filter(size -> !isSource(size)).count();
    List<DimSource> dims = new ArrayList<>();
    for (Size size : sizes) {
      boolean rest = isRest(size) || (!hasRest && unknown == 1 && !isSource(size));
      dims.add(rest ? new DimSource.Rest() : computed.source(size, operands));
    }
    return call.add("reshape", new Reshape(dims), operands.toArray(Value[]::new));
  }

  /** All but the first axis as one. */
  private static Value rows(FunctionCall call) {
    Value x = call.tensor("x");
    long count = 1;
    for (int axis = 1; axis < x.type().rank(); axis++) {
      count *= call.knownSize(x, axis);
    }
    List<DimSource> dims = List.of(new DimSource.Rest(), new DimSource.Fixed(count));
    return call.add("rows", new Reshape(dims), x);
  }

  private static boolean isRest(Size size) {
    return size instanceof Size.Known known && known.number() < 0;
  }

  private static boolean isSource(Size size) {
    return size instanceof Size.Known || (size instanceof Size.OfAxis axis && axis.plus() == 0);
  }

  private static Value broadcast(FunctionCall call) {
    return expanded(call, call.tensor("input"), call.argument("shape"));
  }

  private static Value fill(FunctionCall call) {
    Value value = call.tensor("value");
    DataType dtype = call.dtype("dtype").orElse(value.type().dtype());
    return expanded(call, call.cast(value, dtype), call.argument("dims"));
  }

  private static Value filled(FunctionCall call, double number) {
    DataType dtype = call.dtype("dtype").orElse(DataType.FLOAT32);
    return expanded(call, call.scalar("value", dtype, number), call.argument("shape"));
  }

  private static Value expanded(FunctionCall call, Value x, Argument shape) {
    List<Value> operands = new ArrayList<>(List.of(x));
    ComputedSizes computed = new ComputedSizes(call);
    List<DimSource> dims = new ArrayList<>();
    computed.of(shape).forEach(size -> dims.add(computed.source(size, operands)));
    return call.add("expanded", new Expand(dims), operands.toArray(Value[]::new));
  }

  /** Every axis so many times; by a size of a tensor only where the axis is of size 1. */
  private static Value tile(FunctionCall call) {
    Value x = call.tensor("input");
    ComputedSizes computed = new ComputedSizes(call);
    List<Size> counts = computed.of(call.argument("multiples"));
    Rules.require(
        counts.size() == x.type().rank(),
        counts.size() + " multiples for an array of rank " + x.type().rank());
    Value result = x;
    for (int axis = 0; axis < counts.size(); axis++) {
      if (counts.get(axis) instanceof Size.Known known) {
        result = ArrangementFunctions.tiled(call, result, axis, Math.toIntExact(known.number()));
      } else if (x.type().shape().dim(axis).equals(Dim.of(1))) {
        List<Value> operands = new ArrayList<>(List.of(result));
        List<DimSource> dims = sources(result);
        dims.set(axis, computed.source(counts.get(axis), operands));
        result = call.add("tiled", new Expand(dims), operands.toArray(Value[]::new));
      } else {
        throw call.unsupported(
            "'multiples' must be numbers where the axis is not of size 1", x.type().toString());
      }
    }
    return result;
  }

  private static List<DimSource> sources(Value x) {
    List<DimSource> dims = new ArrayList<>();
    for (int axis = 0; axis < x.type().rank(); axis++) {
      dims.add(DimSource.of(x.type().shape().dim(axis), 0, axis));
    }
    return dims;
  }

  /** Numbers from a start to before a limit; the only one that is given is the limit. */
  private static Value range(FunctionCall call) {
    boolean fromZero = call.isNone("limit");
    if (!call.isComputed("start") && !call.isComputed("limit") && !call.isComputed("delta")) {
      return constantRange(call, fromZero);
    }
    ComputedSizes computed = new ComputedSizes(call);
    Size limit = only(call, computed.of(call.argument(fromZero ? "start" : "limit")));
    Size start = fromZero ? new Size.Known(0) : only(call, computed.of(call.argument("start")));
    Size delta = only(call, computed.of(call.argument("delta")));
    DataType dtype = call.dtype("dtype").orElse(DataType.INT32);
    if (limit instanceof Size.Known last
        && start instanceof Size.Known first
        && delta instanceof Size.Known step) {
      return numbers(call, dtype, first.number(), last.number(), step.number());
    }
    boolean simple =
        start instanceof Size.Known first
            && first.number() >= 0
            && delta.equals(new Size.Known(1))
            && limit instanceof Size.OfAxis axis
            && axis.plus() <= 0;
    if (!simple) {
      throw call.unsupported(
          "a range must have a limit that is a number or the size of a tensor, and steps of 1",
          "one that the model computes");
    }
    long first = ((Size.Known) start).number();
    Size.OfAxis end = (Size.OfAxis) limit;
    Value counting = counting(call, end.tensor(), end.axis(), dtype);
    return first == 0 && end.plus() == 0
        ? counting
        : call.add(
            "range", Slice.of(0, first, end.plus() == 0 ? Slice.TO_END : end.plus()), counting);
  }

  private static Size only(FunctionCall call, List<Size> sizes) {
    if (sizes.size() != 1) {
      throw call.unsupported("limits of a range must be numbers", sizes.size() + " of them");
    }
    return sizes.get(0);
  }

  /** 0, 1, 2... as many as a tensor's axis has elements. */
  static Value counting(OperationScope scope, Value tensor, int axis, DataType dtype) {
    Value one = scope.scalar("one", DataType.INT64, 1);
    Expand ones = new Expand(List.of(new DimSource.Of(1, axis)));
    Value sums = scope.add("counting", new CumSum(0), scope.add("ones", ones, one, tensor));
    return scope.cast(scope.binary(BinaryFunction.SUBTRACT, sums, 1), dtype);
  }

  private static Value constantRange(FunctionCall call, boolean fromZero) {
    double start = fromZero ? 0 : call.number("start");
    double limit = call.number(fromZero ? "start" : "limit");
    DataType dtype =
        call.dtype("dtype")
            .orElseGet(
                () ->
                    call.isWhole("start")
                            && call.isWhole("delta")
                            && (fromZero || call.isWhole("limit"))
                        ? DataType.INT32
                        : DataType.FLOAT32);
    return numbers(call, dtype, start, limit, call.number("delta"));
  }

  private static Value numbers(
      FunctionCall call, DataType dtype, double start, double limit, double delta) {
    Rules.require(delta != 0, "'delta' must not be 0");
    int count = (int) Math.max(0, Math.ceil((limit - start) / delta));
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = start + i * delta;
    }
    return call.constant("range", Tensor.of(numbers, count).cast(dtype));
  }

  /** Whether a place is before the length; as many places as are named. */
  private static Value isWithin(FunctionCall call) {
    if (call.isNone("maxlen")) {
      throw call.unsupported(
          "'maxlen' must be given", "none: the result's shape depends on the numbers");
    }
    Value lengths = call.cast(call.tensor("lengths"), DataType.INT64);
    Size maxlen = only(call, new ComputedSizes(call).of(call.argument("maxlen")));
    Value places;
    if (maxlen instanceof Size.Known known) {
      places = numbers(call, DataType.INT64, 0, known.number(), 1);
    } else if (maxlen instanceof Size.OfAxis axis && axis.plus() == 0) {
      places = counting(call, axis.tensor(), axis.axis(), DataType.INT64);
    } else {
      throw call.unsupported(
          "'maxlen' must be a number or the size of a tensor", "one that the model computes");
    }
    Value column = call.add("column", new Unsqueeze(List.of(lengths.type().rank())), lengths);
    Value within = call.binary(BinaryFunction.LESS, places, column);
    return call.cast(within, call.dtype("dtype").orElse(DataType.BOOL));
  }

  /** Literal numbers where a vector stands. */
  static List<Long> known(FunctionCall call, String name) {
    List<Long> numbers = new ArrayList<>();
    for (Size size : new ComputedSizes(call).of(call.argument(name))) {
      if (!(size instanceof Size.Known known)) {
        throw call.unsupported("'" + name + "' must be known", "a number that the model computes");
      }
      numbers.add(known.number());
    }
    return Collections.unmodifiableList(numbers);
  }
}
