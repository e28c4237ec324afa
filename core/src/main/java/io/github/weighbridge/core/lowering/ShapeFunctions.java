package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Functions that leave the numbers and change the shape, and those that tell it. */
final class ShapeFunctions {

  private ShapeFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("BroadcastTo(x, shape)", ShapeFunctions::broadcastTo);
    table.add("ExpandDims(x, axis)", ShapeFunctions::expandDims);
    table.add("Moveaxis(x, source, destination)", ShapeFunctions::moveAxis);
    table.add(
        "Ndim(x)", call -> call.scalar("rank", DataType.INT32, call.tensor("x").type().rank()));
    table.add("Ravel(x)", ShapeFunctions::ravel);
    table.add("Reshape(x, newshape)", ShapeFunctions::reshape);
    table.add("Size(x)", ShapeFunctions::size);
    table.add("Squeeze(x, axis=None)", ShapeFunctions::squeeze);
    table.add("Swapaxes(x, axis1, axis2)", ShapeFunctions::swapAxes);
    table.add("Transpose(x, axes=None)", ShapeFunctions::transpose);
  }

  private static Value broadcastTo(FunctionCall call) {
    List<DimSource> dims =
        call.wholes("shape").stream().<DimSource>map(DimSource.Fixed::new).toList();
    return call.add("broadcast_to", new Expand(dims), call.tensor("x"));
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
    return axes.isEmpty() ? x : call.add("squeeze", new Squeeze(axes), x);
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
    return transposed(call, x, perm);
  }

  private static Value transposed(FunctionCall call, Value x, List<Integer> perm) {
    Rules.require(
        perm.stream().sorted().toList().equals(every(x)),
        "each axis of " + x.type() + " must be named once, found " + perm);
    return perm.equals(every(x)) ? x : call.add("transpose", new Transpose(perm), x);
  }

  private static List<Integer> every(Value x) {
    return IntStream.range(0, x.type().rank()).boxed().toList();
  }

  private static Value swapAxes(FunctionCall call) {
    Value x = call.tensor("x");
    List<Integer> perm = new ArrayList<>(every(x));
    java.util.Collections.swap(perm, call.axis("axis1", x), call.axis("axis2", x));
    return transposed(call, x, perm);
  }

  private static Value moveAxis(FunctionCall call) {
    Value x = call.tensor("x");
    int rank = x.type().rank();
    List<Integer> sources = counted(call, "source", rank);
    List<Integer> targets = counted(call, "destination", rank);
    Rules.require(
        sources.size() == targets.size(),
        sources.size() + " axes cannot move to " + targets.size() + " places");
    List<Integer> perm = new ArrayList<>(every(x));
    perm.removeAll(sources);
    TreeMap<Integer, Integer> sourceOf = new TreeMap<>();
    for (int i = 0; i < sources.size(); i++) {
      sourceOf.put(targets.get(i), sources.get(i));
    }
    sourceOf.forEach((target, source) -> perm.add(Math.min(target, perm.size()), source));
    return transposed(call, x, perm);
  }

  private static List<Integer> counted(FunctionCall call, String name, int rank) {
    return call.wholes(name).stream().map(axis -> Rules.axis(axis, rank)).toList();
  }

  private static Value ravel(FunctionCall call) {
    return call.add("ravel", new Reshape(List.of(new DimSource.Rest())), call.tensor("x"));
  }

  private static Value reshape(FunctionCall call) {
    List<DimSource> dims = new ArrayList<>();
    for (int size : call.wholes("newshape")) {
      dims.add(size < 0 ? new DimSource.Rest() : new DimSource.Fixed(size));
    }
    return call.add("reshape", new Reshape(dims), call.tensor("x"));
  }

  /** Where sizes are not known yet, elements are counted. */
  private static Value size(FunctionCall call) {
    Value x = call.tensor("x");
    if (x.type().shape().isFixed()) {
      int count = Math.toIntExact(x.type().shape().elementCount());
      return call.constant("size", Tensor.of(new int[] {count}));
    }
    Value ones = call.filledLike(x, call.scalar("one", DataType.INT32, 1));
    return call.add("size", new Reduce(Reduce.Function.SUM, every(x), false), ones);
  }
}
