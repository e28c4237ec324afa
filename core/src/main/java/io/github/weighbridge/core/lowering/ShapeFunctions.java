package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Functions that leave the numbers and change type or shape, or fill a shape. */
final class ShapeFunctions {

  private ShapeFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("Cast(x, dtype)", ShapeFunctions::cast);
    table.add("ExpandDims(x, axis)", ShapeFunctions::expandDims);
    table.add("OnesLike(x, dtype=None)", call -> filledLike(call, 1));
    table.add("Reshape(x, newshape)", ShapeFunctions::reshape);
    table.add("Squeeze(x, axis=None)", ShapeFunctions::squeeze);
    table.add("Transpose(x, axes=None)", ShapeFunctions::transpose);
    table.add("ZerosLike(x, dtype=None)", call -> filledLike(call, 0));
  }

  private static Value cast(FunctionCall call) {
    Value x = call.tensor("x");
    return call.toType(x, call.dtype("dtype").orElse(x.type().dtype()));
  }

  private static Value expandDims(FunctionCall call) {
    Value x = call.tensor("x");
    List<Integer> axes = call.wholes("axis");
    int rank = x.type().rank() + axes.size();
    List<Integer> places = axes.stream().map(axis -> Rules.axis(axis, rank)).sorted().toList();
    return call.add("expand_dims", new Unsqueeze(places), x);
  }

  private static Value squeeze(FunctionCall call) {
    Value x = call.tensor("x");
    Shape shape = x.type().shape();
    List<Integer> axes =
        call.isNone("axis")
            ? IntStream.range(0, shape.rank())
                .filter(i -> shape.dim(i).equals(Dim.of(1)))
                .boxed()
                .toList()
            : call.axes("axis", x);
    return call.add("squeeze", new Squeeze(axes), x);
  }

  private static Value transpose(FunctionCall call) {
    Value x = call.tensor("x");
    int rank = x.type().rank();
    List<Integer> perm = new ArrayList<>();
    if (call.isNone("axes")) {
      IntStream.range(0, rank).forEach(axis -> perm.add(rank - 1 - axis));
    } else {
      call.wholes("axes").forEach(axis -> perm.add(Rules.axis(axis, rank)));
    }
    Rules.require(
        perm.stream().sorted().toList().equals(IntStream.range(0, rank).boxed().toList()),
        "'axes' must name each axis of " + x.type() + " once, is " + perm);
    return call.add("transpose", new Transpose(perm), x);
  }

  private static Value reshape(FunctionCall call) {
    List<DimSource> dims = new ArrayList<>();
    for (int size : call.wholes("newshape")) {
      dims.add(size < 0 ? new DimSource.Rest() : new DimSource.Fixed(size));
    }
    return call.add("reshape", new Reshape(dims), call.tensor("x"));
  }

  private static Value filledLike(FunctionCall call, double number) {
    Value x = call.tensor("x");
    DataType dtype = call.dtype("dtype").orElse(x.type().dtype());
    return filled(call, call.scalar("value", dtype, number), x);
  }

  /** A number repeated to the shape of {@code x}. */
  private static Value filled(FunctionCall call, Value number, Value x) {
    List<DimSource> dims = new ArrayList<>();
    for (int axis = 0; axis < x.type().rank(); axis++) {
      dims.add(DimSource.of(x.type().shape().dim(axis), 1, axis));
    }
    return call.add("filled", new Expand(dims), number, x);
  }
}
