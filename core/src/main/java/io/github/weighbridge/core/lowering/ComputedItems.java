package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.lowering.ComputedSizes.Size;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code x[key]} whose numbers may be computed. Those that are known, or count from the end of
 * their axis, are written into the key; elements at others are looked up one by one.
 */
final class ComputedItems {

  /** One part of a key. */
  sealed interface Key {

    /** Null, or an ellipsis. */
    record Written(Tree tree) implements Key {}

    /** The element at a place; the value is a scalar. */
    record At(Size place, Value value) implements Key {}

    /** A part of an axis; null where a bound is open. */
    record Part(@Nullable Size start, @Nullable Size stop, @Nullable Size step) implements Key {}
  }

  private final FunctionCall call;
  private Value x;

  private ComputedItems(FunctionCall call, Value x) {
    this.call = call;
    this.x = x;
  }

  static Value of(FunctionCall call, Value x, List<Key> keys) {
    ComputedItems items = new ComputedItems(call, x);
    List<Tree> known = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      known.add(items.known(keys.get(i), axis(keys, i, x.type().rank())));
    }
    return ItemAccess.of(call, items.x, Tree.of(known));
  }

  /** The axis that a key is for: one behind an ellipsis counts from the end. */
  private static int axis(List<Key> keys, int place, int rank) {
    int before = 0;
    int after = 0;
    boolean behind = false;
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i) instanceof Key.Written written) {
        behind |= i < place && ItemAccess.isEllipsis(written.tree());
      } else {
        before += i < place ? 1 : 0;
        after += i > place ? 1 : 0;
      }
    }
    return behind ? rank - 1 - after : before;
  }

  /** The key for what {@link #x} is by then. */
  private Tree known(Key key, int axis) {
    if (key instanceof Key.Written written) {
      return written.tree();
    }
    if (key instanceof Key.Part part) {
      return slice(part, axis);
    }
    Key.At at = (Key.At) key;
    if (at.place() instanceof Size.Known place) {
      return Tree.of(place.number());
    }
    if (at.value().type().rank() != 0 || !at.value().type().dtype().isInteger()) {
      throw call.unsupported("an index must be a whole number", at.value().type().toString());
    }
    Value index = call.add("index", new Unsqueeze(List.of(0)), at.value());
    Value places = GatheringFunctions.fromFront(call, index, x, axis);
    x = call.add("at", new Gather(axis, 0), x, places);
    return Tree.of(0);
  }

  private Tree slice(Key.Part part, int axis) {
    Tree.Obj config = Tree.object().with("start", start(part.start(), axis));
    config = config.with("stop", stop(part, axis));
    Size step = part.step();
    if (step != null && !(step instanceof Size.Known)) {
      throw call.unsupported("steps must be numbers", "one that the model computes");
    }
    config = config.with("step", written(step));
    return Tree.of(Map.of("class_name", "__slice__", "config", config));
  }

  private static Tree written(@Nullable Size size) {
    return size instanceof Size.Known known ? Tree.of(known.number()) : Tree.none();
  }

  private Tree start(@Nullable Size start, int axis) {
    if (start instanceof Size.OfAxis of && isOwn(of, axis) && of.plus() < 0) {
      return Tree.of(of.plus());
    }
    if (start != null && !(start instanceof Size.Known)) {
      throw call.unsupported(
          "slices must begin at numbers, or so many before the end", "one that the model computes");
    }
    return written(start);
  }

  private Tree stop(Key.Part part, int axis) {
    Size stop = part.stop();
    if (stop == null || stop instanceof Size.Known) {
      return written(stop);
    }
    if (stop instanceof Size.OfAxis of && isOwn(of, axis) && of.plus() <= 0) {
      return of.plus() == 0 ? Tree.none() : Tree.of(of.plus());
    }
    boolean fromBegin = isOpen(part.start(), 0) && isOpen(part.step(), 1);
    if (!(stop instanceof Size.OfAxis of) || of.plus() != 0 || !fromBegin) {
      throw call.unsupported(
          "slices must end at numbers, or begin at 0 and end at the size of a tensor",
          "one that the model computes");
    }
    Value places = TensorFlowShapes.counting(call, of.tensor(), of.axis(), DataType.INT64);
    x = call.add("to", new Gather(axis, 0), x, places);
    return Tree.none();
  }

  /** Whether it is the size of the axis itself. */
  private boolean isOwn(Size.OfAxis size, int axis) {
    Dim dim = size.tensor().type().shape().dim(size.axis());
    return dim.equals(x.type().shape().dim(axis));
  }

  private static boolean isOpen(@Nullable Size bound, long number) {
    return bound == null || bound.equals(new Size.Known(number));
  }
}
