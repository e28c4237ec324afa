package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * {@code x[a:b, c]} with bounds that the model computes: what they are is read off the sizes of the
 * result.
 */
final class StridedSlices {

  private final ComposedCall call;
  private final Argument x;
  private final List<Tree> key = new ArrayList<>();

  /** Indices that are computed, by the axes of what the key gives; the last one first. */
  private final Map<Integer, Argument> computed = new TreeMap<>(Comparator.reverseOrder());

  private int from;
  private int given;
  private int to;

  private StridedSlices(ComposedCall call, Argument x) {
    this.call = call;
    this.x = x;
  }

  /** {@code tf.strided_slice}: bounds per key, and masks that say which keys are something else. */
  static Argument items(ComposedCall call) {
    StridedSlices slices = new StridedSlices(call, call.arg("input_"));
    List<Argument> begin = slices.elements("begin");
    List<Argument> end = slices.elements("end");
    List<Argument> strides = call.isNone("strides") ? List.of() : slices.elements("strides");
    int taken = 0;
    for (int i = 0; i < begin.size(); i++) {
      taken += slices.isSet("ellipsis_mask", i) || slices.isSet("new_axis_mask", i) ? 0 : 1;
    }
    for (int i = 0; i < begin.size(); i++) {
      if (slices.isSet("ellipsis_mask", i)) {
        slices.ellipsis(taken);
      } else if (slices.isSet("new_axis_mask", i)) {
        slices.newAxis();
      } else if (slices.isSet("shrink_axis_mask", i)) {
        slices.at(begin.get(i));
      } else {
        slices.part(
            slices.isSet("begin_mask", i) ? Argument.none() : begin.get(i),
            slices.isSet("end_mask", i) ? Argument.none() : end.get(i),
            strides.isEmpty() ? Argument.none() : strides.get(i));
      }
    }
    return slices.taken();
  }

  /** {@code tf.slice}: where it begins along each axis, and how many elements; all if negative. */
  static Argument ofSizes(ComposedCall call) {
    StridedSlices slices = new StridedSlices(call, call.arg("input_"));
    List<Argument> begin = slices.elements("begin");
    List<Argument> sizes = slices.elements("size");
    for (int i = 0; i < begin.size(); i++) {
      Optional<Long> size = known(sizes.get(i));
      Optional<Long> end = known(begin.get(i)).flatMap(own -> size.map(count -> own + count));
      boolean open = size.filter(count -> count < 0).isPresent();
      Argument last = open ? Argument.none() : end.map(Literals::of).orElse(sizes.get(i));
      slices.part(begin.get(i), last, Argument.none());
    }
    return slices.taken();
  }

  /** {@code x[...]} as Python has it. */
  static Argument spec(ComposedCall call) {
    StridedSlices slices = new StridedSlices(call, call.arg("tensor"));
    List<Argument> spec = slices.elements("slice_spec");
    int taken = (int) spec.stream().filter(own -> !own.isNone() && !isEllipsis(own)).count();
    for (Argument own : spec) {
      if (own.isNone()) {
        slices.newAxis();
      } else if (isEllipsis(own)) {
        slices.ellipsis(taken);
      } else if (own instanceof Argument.Entries entries) {
        slices.part(
            bound(entries.members(), "start"),
            bound(entries.members(), "stop"),
            bound(entries.members(), "step"));
      } else if (own instanceof Argument.Literal literal
          && literal.value() instanceof Tree.Obj object) {
        slices.part(bound(object, "start"), bound(object, "stop"), bound(object, "step"));
      } else {
        slices.at(own);
      }
    }
    return slices.taken();
  }

  private static Argument bound(Map<String, Argument> slice, String name) {
    return slice.getOrDefault(name, Argument.none());
  }

  private static Argument bound(Tree.Obj slice, String name) {
    return new Argument.Literal(slice.get(name).orElse(Tree.none()));
  }

  private static boolean isEllipsis(Argument own) {
    return own instanceof Argument.Literal literal
        && literal
            .value()
            .asObject()
            .flatMap(object -> object.text("class_name"))
            .filter("__ellipsis__"::equals)
            .isPresent();
  }

  private List<Argument> elements(String name) {
    Argument argument = call.arg(name);
    if (argument instanceof Argument.Items items) {
      return items.elements();
    }
    if (argument instanceof Argument.Literal literal && literal.value().isArray()) {
      return literal.value().items().stream().<Argument>map(Argument.Literal::new).toList();
    }
    // Of a vector that is computed, every number is.
    boolean vector = argument instanceof Argument.Of && call.rank(argument) == 1;
    int count = vector ? Math.toIntExact(call.size(argument, 0)) : 1;
    return Collections.nCopies(count, argument);
  }

  /** What the key takes, and then what computed indices take of that. */
  private Argument taken() {
    boolean whole = key.stream().allMatch(Literals.all()::equals);
    Argument taken = whole && !computed.isEmpty() ? x : call.items(call.tensor(x), key);
    for (Map.Entry<Integer, Argument> index : computed.entrySet()) {
      taken = call.add("Take", List.of(taken, index.getValue()), "axis", index.getKey());
    }
    return taken;
  }

  private boolean isSet(String mask, int bit) {
    return (call.whole(mask) >> bit & 1) == 1;
  }

  private void ellipsis(int taken) {
    key.add(Tree.of(Map.of("class_name", "__ellipsis__", "config", Tree.object())));
    int left = (x instanceof Argument.Of ? call.rank(x) : call.sizes(x).size()) - taken;
    from += left;
    given += left;
    to += left;
  }

  private void newAxis() {
    key.add(Tree.none());
    given++;
    to++;
  }

  private void at(Argument index) {
    Optional<Long> known = known(index);
    if (known.isPresent()) {
      key.add(Tree.of(known.get()));
    } else if (index instanceof Argument.Of && call.rank(index) == 0) {
      key.add(Literals.all());
      computed.put(given++, index);
    } else {
      throw new Inexpressible(
          "must take items by numbers, or by single indices that the model computes",
          index.toString());
    }
    from++;
  }

  private void part(Argument begin, Argument end, Argument stride) {
    Dim own = size(from++);
    Dim result = call.result().shape().dim(to++);
    int axis = given++;
    if (isWritten(begin) && isWritten(end) && isWritten(stride)) {
      key.add(
          Literals.slice(
              known(begin).orElse(null), known(end).orElse(null), known(stride).orElse(null)));
      return;
    }
    long step = known(stride).orElse(1L);
    long start = known(begin).orElse(0L);
    boolean simple = isWritten(begin) && isWritten(stride) && step > 0 && start >= 0;
    Optional<Long> less = less(own, result);
    if (simple && result.isFixed()) {
      key.add(Literals.slice(start, start + result.size() * step, step));
    } else if (simple && step == 1 && less.filter(cut -> cut >= start).isPresent()) {
      long behind = less.get() - start;
      key.add(Literals.slice(start, behind == 0 ? null : -behind, null));
    } else if (simple && own.isFixed()) {
      key.add(Literals.all());
      computed.put(
          axis, OpenSizes.range(call, result, (double) start, (double) step, DataType.INT32));
    } else {
      throw new Inexpressible(
          "must cut along an axis by numbers, or to a size that is known", own + " to " + result);
    }
  }

  private Dim size(int axis) {
    return x instanceof Argument.Of ? call.shape(x).dim(axis) : Dim.of(call.sizes(x).get(axis));
  }

  /** How much less of an axis remains: 1 from {@code time} to {@code time-1}. */
  private static Optional<Long> less(Dim own, Dim result) {
    if (own.equals(result)) {
      return Optional.of(0L);
    }
    String name = own.toString();
    String rest = result.toString();
    return rest.matches(Pattern.quote(name) + "-\\d{1,9}")
        ? Optional.of(Long.parseLong(rest.substring(name.length() + 1)))
        : Optional.empty();
  }

  private static boolean isWritten(Argument bound) {
    return bound.values().isEmpty();
  }

  private static Optional<Long> known(Argument bound) {
    return bound instanceof Argument.Literal literal ? literal.value().asLong() : Optional.empty();
  }
}
