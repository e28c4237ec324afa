package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Unsqueeze;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code x[key]} by numpy's rules: slices cut an axis, whole numbers take it out, null puts one in,
 * an ellipsis leaves those between alone.
 */
final class ItemAccess {

  private final List<Integer> axes = new ArrayList<>();
  private final List<Long> starts = new ArrayList<>();
  private final List<Long> ends = new ArrayList<>();
  private final List<Long> steps = new ArrayList<>();
  private final List<Integer> taken = new ArrayList<>();
  private final List<Integer> added = new ArrayList<>();
  private int axis;
  private int place;

  private ItemAccess() {}

  static Value of(FunctionCall call) {
    return of(call, call.tensor("x"), call.literal("key"));
  }

  static Value of(OperationScope call, Value x, Tree literal) {
    int rank = x.type().rank();
    List<Tree> keys = literal.isArray() ? literal.items() : List.of(literal);
    int own = (int) keys.stream().filter(key -> !key.isNull() && !isEllipsis(key)).count();
    Rules.require(own <= rank, own + " indices for an array of rank " + rank);
    ItemAccess access = new ItemAccess();
    for (Tree key : keys) {
      if (isEllipsis(key)) {
        access.axis += rank - own;
        access.place += rank - own;
      } else {
        access.take(key);
      }
    }
    return access.apply(call, x);
  }

  static boolean isEllipsis(Tree key) {
    return isOf(key, "__ellipsis__");
  }

  private static boolean isOf(Tree key, String className) {
    return key.asObject()
        .flatMap(object -> object.text("class_name"))
        .filter(className::equals)
        .isPresent();
  }

  private void take(Tree key) {
    if (key.isNull()) {
      added.add(place++);
    } else if (key.asLong().isPresent()) {
      long index = key.asLong().get();
      cut(index, index == -1 ? Slice.TO_END : index + 1, 1);
      taken.add(axis++);
    } else if (isOf(key, "__slice__")) {
      slice(key.asObject().flatMap(k -> k.object("config")).orElse(Tree.object()));
      axis++;
      place++;
    } else {
      throw new IllegalArgumentException("an index must be a number or a slice, found " + key);
    }
  }

  private void slice(Tree.Obj slice) {
    long step = bound(slice, "step", 1);
    long start = bound(slice, "start", step > 0 ? 0 : -1);
    long end = bound(slice, "stop", step > 0 ? Slice.TO_END : Slice.TO_BEGIN);
    if (start != 0 || end != Slice.TO_END || step != 1) {
      cut(start, end, step);
    }
  }

  private static long bound(Tree.Obj slice, String key, long otherwise) {
    Tree bound = slice.get(key).orElse(Tree.none());
    if (bound.isNull()) {
      return otherwise;
    }
    return bound
        .asLong()
        .orElseThrow(() -> new IllegalArgumentException(key + " must be a number, is " + bound));
  }

  private void cut(long start, long end, long step) {
    axes.add(axis);
    starts.add(start);
    ends.add(end);
    steps.add(step);
  }

  private Value apply(OperationScope call, Value x) {
    Value result = x;
    if (!axes.isEmpty()) {
      result = call.add("cut", new Slice(axes, starts, ends, steps), result);
    }
    if (!taken.isEmpty()) {
      result = call.add("taken", new Squeeze(taken), result);
    }
    if (!added.isEmpty()) {
      result = call.add("added", new Unsqueeze(added), result);
    }
    return result;
  }
}
