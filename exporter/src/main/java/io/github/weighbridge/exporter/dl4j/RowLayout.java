package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How an array becomes rows along some of its axes, and an array again. Of sequences that works
 * with any number of steps, of arrays of more axes with known sizes.
 *
 * @param call whose input it is
 * @param size of a row
 * @param before what makes rows of the array, one preprocessor after the other
 * @param behind what makes the array of rows
 */
record RowLayout(LayerCall call, long size, List<Tree.Obj> before, List<Tree.Obj> behind) {

  /**
   * The rows of a call's first input along some axes.
   *
   * @param keras the axes of a row, in the order of its elements, as Keras counts them
   * @return nothing, and a problem, if sizes must be known and are not
   */
  static Optional<RowLayout> of(LayerCall call, List<Integer> keras) {
    Shape shape = call.inputShape();
    List<Integer> axes = keras.stream().map(call::axis).toList();
    int rank = shape.rank();
    if (!call.require(!axes.contains(0), "must leave the axis of the batch alone", keras)) {
      return Optional.empty();
    }
    boolean ofSteps = rank == 3 && axes.size() == 1;
    boolean known = ofSteps ? shape.dim(axes.get(0)).isFixed() : shape.slice(1, rank).isFixed();
    if (!call.require(known, "must have an input of known sizes", shape)) {
      return Optional.empty();
    }
    long size = axes.stream().mapToLong(axis -> shape.dim(axis).size()).reduce(1, (a, b) -> a * b);
    if (rank == 2) {
      return Optional.of(new RowLayout(call, size, List.of(), List.of()));
    }
    return Optional.of(
        ofSteps
            ? ofSteps(call, size, axes.get(0) == 1 ? "NCW" : "NWC")
            : turned(call, size, shape, axes));
  }

  /**
   * The groups of neighbours on an axis as rows, with everything that other axes have of them.
   *
   * @param axis as Keras counts it
   * @return nothing, and a problem, if sizes are not known
   */
  static Optional<RowLayout> ofGroups(LayerCall call, int axis, long groups) {
    Shape shape = call.inputShape();
    int own = call.axis(axis);
    int rank = shape.rank();
    if (!call.require(shape.slice(1, rank).isFixed(), "must have an input of known sizes", shape)) {
      return Optional.empty();
    }
    Dim batch = shape.dim(0);
    Dim outer = Dim.of(shape.slice(1, own).elementCount());
    long rest = shape.slice(own, rank).elementCount() / groups;
    long size = outer.size() * rest;
    Shape apart = Shape.of(batch, outer, Dim.of(groups), Dim.of(rest));
    Shape turned = apart.transposed(0, 2, 1, 3);
    Shape rows = Shape.of(batch, Dim.of(groups), Dim.of(size));
    Tree.Obj swap = PreProcessors.permute(2, 1, 3);
    return Optional.of(
        new RowLayout(
            call,
            size,
            List.of(
                PreProcessors.reshape(shape, apart),
                swap,
                PreProcessors.reshape(turned, rows),
                PreProcessors.rows("NWC")),
            List.of(
                PreProcessors.steps("NWC"),
                PreProcessors.reshape(rows, turned),
                swap,
                PreProcessors.reshape(apart, shape))));
  }

  private static RowLayout ofSteps(LayerCall call, long size, String format) {
    return new RowLayout(
        call, size, List.of(PreProcessors.rows(format)), List.of(PreProcessors.steps(format)));
  }

  /** With the axes of a row last; the others are the steps of a sequence, if there are any. */
  private static RowLayout turned(LayerCall call, long size, Shape shape, List<Integer> axes) {
    int rank = shape.rank();
    List<Integer> order = new ArrayList<>(IntStream.range(1, rank).boxed().toList());
    order.removeAll(axes);
    order.addAll(axes);
    int[] there = order.stream().mapToInt(Integer::intValue).toArray();
    int[] back = IntStream.range(1, rank).map(axis -> order.indexOf(axis) + 1).toArray();
    Shape last = shape.transposed(IntStream.concat(IntStream.of(0), IntStream.of(there)).toArray());
    long steps = shape.slice(1, rank).elementCount() / size;
    boolean whole = axes.size() == rank - 1;
    Shape rows =
        whole
            ? Shape.of(shape.dim(0), Dim.of(size))
            : Shape.of(shape.dim(0), Dim.of(steps), Dim.of(size));
    List<Tree.Obj> before = new ArrayList<>();
    List<Tree.Obj> behind = new ArrayList<>();
    if (!order.equals(order.stream().sorted().toList())) {
      before.add(PreProcessors.permute(there));
      behind.add(PreProcessors.permute(back));
    }
    before.add(PreProcessors.reshape(last, rows));
    behind.add(PreProcessors.reshape(rows, last));
    if (!whole) {
      before.add(PreProcessors.rows("NWC"));
      behind.add(PreProcessors.steps("NWC"));
    }
    Collections.reverse(behind);
    return new RowLayout(call, size, before, behind);
  }

  /** The rows of the call's input. */
  Rows rows() {
    String vertex =
        before.isEmpty()
            ? call.input()
            : call.network()
                .preProcessor(call.name() + "/rows", PreProcessors.chain(before), call.input());
    return new Rows(call, vertex, size);
  }

  /** Rows as an array that lies as the input does. */
  String array(Rows rows) {
    return behind.isEmpty()
        ? rows.vertex()
        : call.network()
            .preProcessor(call.name() + "/array", PreProcessors.chain(behind), rows.vertex());
  }
}
