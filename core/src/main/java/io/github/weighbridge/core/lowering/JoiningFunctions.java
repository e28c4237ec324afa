package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Unsqueeze;
import java.util.ArrayList;
import java.util.List;

/** Functions that join tensors or take them apart. */
final class JoiningFunctions {

  private JoiningFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("Append(x1, x2, axis=None)", JoiningFunctions::append);
    table.add("Concatenate(xs, axis=0)", JoiningFunctions::concatenate);
    table.add("Dstack(xs)", JoiningFunctions::dstack);
    table.add("Hstack(xs)", JoiningFunctions::hstack);
    table.addAll("Meshgrid(*x, indexing='xy')", JoiningFunctions::meshgrid);
    table.add("Stack(x, axis=0)", JoiningFunctions::stack);
    table.add("Vstack(xs)", call -> joined(call, call.promotedList("xs"), 0));

    table.addAll(
        "ArraySplit(x, indices_or_sections, axis=0)",
        call -> sections(call, call.tensor("x"), axis(call)));
    table.addAll("Dsplit(x, indices_or_sections)", call -> split(call, 2));
    table.addAll(
        "Hsplit(x, indices_or_sections)",
        call -> split(call, call.tensor("x").type().rank() == 1 ? 0 : 1));
    table.addAll("Split(x, indices_or_sections, axis=0)", call -> split(call, axis(call)));
    table.addAll("Unstack(x, num=None, axis=0)", JoiningFunctions::unstack);
    table.addAll("Vsplit(x, indices_or_sections)", call -> split(call, 0));
  }

  private static int axis(FunctionCall call) {
    return call.axis("axis", call.tensor("x"));
  }

  private static Value joined(FunctionCall call, List<Value> parts, int axis) {
    return call.add("joined", new Concat(axis), parts.toArray(Value[]::new));
  }

  private static Value concatenate(FunctionCall call) {
    List<Value> xs = call.promotedList("xs");
    return joined(call, xs, call.axis("axis", xs.get(0)));
  }

  private static Value append(FunctionCall call) {
    List<Value> xs = call.converted("x1", "x2");
    if (!call.isNone("axis")) {
      return joined(call, xs, call.axis("axis", xs.get(0)));
    }
    Reshape flat = new Reshape(List.of(new DimSource.Rest()));
    return joined(call, xs.stream().map(x -> call.add("flat", flat, x)).toList(), 0);
  }

  private static Value stack(FunctionCall call) {
    List<Value> xs = call.promotedList("x");
    int axis = Rules.axis(call.whole("axis"), xs.get(0).type().rank() + 1);
    Unsqueeze row = new Unsqueeze(List.of(axis));
    return joined(call, xs.stream().map(x -> call.add("row", row, x)).toList(), axis);
  }

  private static Value hstack(FunctionCall call) {
    List<Value> xs = call.promotedList("xs");
    return joined(call, xs, xs.get(0).type().rank() == 1 ? 0 : 1);
  }

  /** Along the third axis, which vectors and matrices get. */
  private static Value dstack(FunctionCall call) {
    List<Value> parts = new ArrayList<>();
    for (Value x : call.promotedList("xs")) {
      List<Integer> added =
          switch (x.type().rank()) {
            case 0 -> List.of(0, 1, 2);
            case 1 -> List.of(0, 2);
            case 2 -> List.of(2);
            default -> List.of();
          };
      parts.add(added.isEmpty() ? x : call.add("deep", new Unsqueeze(added), x));
    }
    return joined(call, parts, 2);
  }

  private static List<Value> split(FunctionCall call, int axis) {
    Value x = call.tensor("x");
    Tree own = call.literal("indices_or_sections");
    if (own.isArray() || own instanceof Tree.Obj) {
      return cut(call, x, axis, call.wholes("indices_or_sections"));
    }
    long size = call.knownSize(x, axis);
    int count = call.whole("indices_or_sections");
    Rules.require(
        count > 0 && size % count == 0, "an axis of size " + size + " has no " + count + " parts");
    return sections(call, x, axis);
  }

  /** So many parts, the first ones longer by one where they cannot be equal. */
  private static List<Value> sections(FunctionCall call, Value x, int axis) {
    long size = call.knownSize(x, axis);
    int count = call.whole("indices_or_sections");
    Rules.require(count > 0, "'indices_or_sections' must be positive, is " + count);
    List<Integer> ends = new ArrayList<>();
    long end = 0;
    for (int i = 0; i < count - 1; i++) {
      end += size / count + (i < size % count ? 1 : 0);
      ends.add(Math.toIntExact(end));
    }
    return cut(call, x, axis, ends);
  }

  private static List<Value> cut(FunctionCall call, Value x, int axis, List<Integer> ends) {
    List<Value> parts = new ArrayList<>();
    long begin = 0;
    for (int end : ends) {
      parts.add(call.add("part", Slice.of(axis, begin, end), x));
      begin = end;
    }
    parts.add(call.add("part", Slice.of(axis, begin, Slice.TO_END), x));
    return parts;
  }

  private static List<Value> unstack(FunctionCall call) {
    Value x = call.tensor("x");
    int axis = axis(call);
    long size = call.isNone("num") ? call.knownSize(x, axis) : call.whole("num");
    List<Value> parts = new ArrayList<>();
    for (long i = 0; i < size; i++) {
      Value part = call.add("part", Slice.of(axis, i, i + 1), x);
      parts.add(call.add("row", new Squeeze(List.of(axis)), part));
    }
    return parts;
  }

  /** Each vector along its own axis, repeated along the others'; what is none becomes one. */
  private static List<Value> meshgrid(FunctionCall call) {
    List<Value> vectors = call.tensors("x").stream().map(x -> Shapes.flat(call, x)).toList();
    int rank = vectors.size();
    boolean exchanged = call.text("indexing").equals("xy") && rank > 1;
    Rules.require(
        exchanged || List.of("xy", "ij").contains(call.text("indexing")),
        "'indexing' must be xy or ij, is " + call.text("indexing"));
    List<DimSource> sizes = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      Value vector = vectors.get(place(i, exchanged));
      sizes.add(DimSource.of(vector.type().shape().dim(0), 1 + place(i, exchanged), 0));
    }
    List<Value> grids = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      List<DimSource> dims = new ArrayList<>();
      for (int axis = 0; axis < rank; axis++) {
        dims.add(place(axis, exchanged) == i ? new DimSource.Rest() : new DimSource.Fixed(1));
      }
      List<Value> operands = new ArrayList<>(vectors);
      operands.add(0, call.add("along", new Reshape(dims), vectors.get(i)));
      grids.add(call.add("grid", new Expand(sizes), operands.toArray(Value[]::new)));
    }
    return grids;
  }

  /** Of xy the first two are exchanged: rows are the second. */
  private static int place(int i, boolean exchanged) {
    return exchanged && i < 2 ? 1 - i : i;
  }
}
