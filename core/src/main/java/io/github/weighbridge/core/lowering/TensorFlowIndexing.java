package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.lowering.ComputedItems.Key;
import io.github.weighbridge.core.lowering.ComputedSizes.Size;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.GatherND;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** TensorFlow's functions that take elements by index: {@code x[...]}, gather, slice. */
final class TensorFlowIndexing {

  private TensorFlowIndexing() {}

  static void addTo(FunctionTable table) {
    table.add("tf.__operators__.getitem(tensor, slice_spec)", TensorFlowIndexing::item);
    table.add("tf.gather(params, indices, axis=None, batch_dims=0)", TensorFlowIndexing::gather);
    table.add("tf.gather_nd(params, indices, batch_dims=0)", TensorFlowIndexing::gatherNd);
    table.add("tf.slice(input_, begin, size)", TensorFlowIndexing::slice);
    table.add(
        "tf.strided_slice(input_, begin, end, strides=None, begin_mask=0, end_mask=0,"
            + " ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0)",
        TensorFlowIndexing::stridedSlice);
  }

  private static Value item(FunctionCall call) {
    Argument spec = call.argument("slice_spec");
    List<Key> keys = elements(spec).stream().map(key -> key(call, key)).toList();
    return ComputedItems.of(call, call.tensor("tensor"), keys);
  }

  private static List<Argument> elements(Argument spec) {
    if (spec instanceof Argument.Items items) {
      return items.elements();
    }
    return spec instanceof Argument.Literal literal && literal.value().isArray()
        ? literal.value().items().stream().<Argument>map(Argument.Literal::new).toList()
        : List.of(spec);
  }

  private static Key key(FunctionCall call, Argument key) {
    if (key instanceof Argument.Entries slice) {
      return part(call, slice.members());
    }
    if (key instanceof Argument.Literal literal) {
      Tree tree = literal.value();
      if (tree.isNull() || ItemAccess.isEllipsis(tree)) {
        return new Key.Written(tree);
      }
      if (tree instanceof Tree.Obj slice) {
        Map<String, Argument> bounds = new LinkedHashMap<>();
        slice.members().forEach((name, bound) -> bounds.put(name, new Argument.Literal(bound)));
        return part(call, bounds);
      }
    }
    return new Key.At(only(new ComputedSizes(call).of(key)), call.as(DataType.INT64, key));
  }

  private static Key part(FunctionCall call, Map<String, Argument> bounds) {
    return new Key.Part(
        bound(call, bounds, "start"), bound(call, bounds, "stop"), bound(call, bounds, "step"));
  }

  private static @Nullable Size bound(
      FunctionCall call, Map<String, Argument> bounds, String name) {
    Argument bound = bounds.getOrDefault(name, Argument.none());
    return bound.isNone() ? null : only(new ComputedSizes(call).of(bound));
  }

  private static Size only(List<Size> sizes) {
    Rules.require(sizes.size() == 1, "an index must be one number, not " + sizes.size());
    return sizes.get(0);
  }

  private static Value gather(FunctionCall call) {
    Value x = call.tensor("params");
    int batchDims = call.whole("batch_dims");
    Value indices = call.tensor("indices");
    int shared = batchDims < 0 ? batchDims + indices.type().rank() : batchDims;
    int axis = call.isNone("axis") ? shared : call.axis("axis", x);
    Value own = GatheringFunctions.fromFront(call, indices, x, axis);
    if (shared <= 1) {
      return call.add("gather", new Gather(axis, shared), x, own);
    }
    if (axis == shared) {
      Value tuples = call.add("tuples", new Unsqueeze(List.of(own.type().rank())), own);
      return call.add("gather", new GatherND(shared), x, tuples);
    }
    throw call.unsupported(
        "'batch_dims' must be 0 or 1, or the axis", shared + " with axis " + axis);
  }

  private static Value gatherNd(FunctionCall call) {
    Value x = call.tensor("params");
    Value indices = call.cast(call.tensor("indices"), DataType.INT64);
    return call.add("gather_nd", new GatherND(call.whole("batch_dims")), x, indices);
  }

  /** A size of -1 is what remains. */
  private static Value slice(FunctionCall call) {
    Value x = call.tensor("input_");
    List<Long> begin = TensorFlowShapes.known(call, "begin");
    List<Size> sizes = new ComputedSizes(call).of(call.argument("size"));
    Rules.require(
        begin.size() == x.type().rank() && sizes.size() == begin.size(),
        "'begin' and 'size' must have a number for each axis of " + x.type());
    Value result = x;
    for (int axis = 0; axis < begin.size(); axis++) {
      long from = begin.get(axis);
      long to = end(call, x, axis, from, sizes.get(axis));
      if (from != 0 || to != Slice.TO_END) {
        result = call.add("slice", Slice.of(axis, from, to), result);
      }
    }
    return result;
  }

  private static long end(FunctionCall call, Value x, int axis, long from, Size size) {
    if (size instanceof Size.Known known) {
      return known.number() < 0 ? Slice.TO_END : from + known.number();
    }
    boolean own =
        size instanceof Size.OfAxis of
            && of.tensor().type().shape().dim(of.axis()).equals(x.type().shape().dim(axis));
    if (own && size instanceof Size.OfAxis of && from + of.plus() <= 0) {
      return from + of.plus() == 0 ? Slice.TO_END : from + of.plus();
    }
    throw call.unsupported(
        "'size' must be numbers or the sizes of the array", "a number that the model computes");
  }

  /** Bounds per key, and masks that say which keys are something else. */
  private static Value stridedSlice(FunctionCall call) {
    ComputedSizes computed = new ComputedSizes(call);
    List<Size> begin = computed.of(call.argument("begin"));
    List<Size> end = computed.of(call.argument("end"));
    List<Size> strides = call.isNone("strides") ? List.of() : computed.of(call.argument("strides"));
    Rules.require(
        begin.size() == end.size() && (strides.isEmpty() || strides.size() == begin.size()),
        "'begin', 'end' and 'strides' must have as many numbers each");
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i < begin.size(); i++) {
      if (isSet(call, "ellipsis_mask", i)) {
        keys.add(new Key.Written(Tree.of(Map.of("class_name", "__ellipsis__"))));
      } else if (isSet(call, "new_axis_mask", i)) {
        keys.add(new Key.Written(Tree.none()));
      } else if (isSet(call, "shrink_axis_mask", i)) {
        keys.add(new Key.At(begin.get(i), element(call, "begin", i)));
      } else {
        keys.add(
            new Key.Part(
                isSet(call, "begin_mask", i) ? null : begin.get(i),
                isSet(call, "end_mask", i) ? null : end.get(i),
                strides.isEmpty() ? null : strides.get(i)));
      }
    }
    return ComputedItems.of(call, call.tensor("input_"), keys);
  }

  private static Value element(FunctionCall call, String name, long place) {
    Value vector = call.as(DataType.INT64, name).get(0);
    Value one = call.add("element", Slice.of(0, place, place + 1), vector);
    return call.add("scalar", new Squeeze(List.of(0)), one);
  }

  private static boolean isSet(FunctionCall call, String mask, int bit) {
    return (call.whole(mask) >> bit & 1) == 1;
  }
}
