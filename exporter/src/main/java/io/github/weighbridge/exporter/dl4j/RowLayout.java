package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How an array becomes rows along some of its axes, and an array again. Of sequences that works
 * with any number of steps, of arrays of more axes with known sizes.
 *
 * @param call whose input it is
 * @param axes the axes of the array that a row has, in the order of its elements
 */
record RowLayout(LayerCall call, List<Integer> axes) {

  private static final String FEATURES_FIRST = "NCW";
  private static final String FEATURES_LAST = "NWC";

  /**
   * The rows of a call's first input along some axes.
   *
   * @param keras the axes of a row, in the order of its elements, as Keras counts them
   * @return nothing, and a problem, if sizes must be known and are not
   */
  static Optional<RowLayout> of(LayerCall call, List<Integer> keras) {
    RowLayout layout = new RowLayout(call, keras.stream().map(call::axis).toList());
    Shape shape = call.inputShape();
    return call.require(
                !keras.contains(0) && shape.rank() > 1,
                "must leave the axis of the batch alone",
                "axes " + keras + " of " + shape)
            && call.require(layout.isKnown(), "must have an input of known sizes", shape)
            && call.require(
                call.outputTypes().get(0).dtype().isFloating(),
                "must not give whole numbers",
                call.outputTypes().get(0).dtype().kerasName())
        ? Optional.of(layout)
        : Optional.empty();
  }

  private boolean isKnown() {
    return isSequence()
        ? shape().dim(axes.get(0)).isFixed()
        : shape().slice(1, shape().rank()).isFixed();
  }

  private Shape shape() {
    return call.inputShape();
  }

  /** Whether the array is a sequence, and a row one step of it. */
  private boolean isSequence() {
    return shape().rank() == 3 && axes.size() == 1;
  }

  /** Whether the array is a sequence whose axes turn by themselves. */
  private boolean isTurnedSequence() {
    return isSequence() && axes.get(0) == 1;
  }

  /** Whether there is one row for each sample. */
  private boolean isWhole() {
    return axes.size() == shape().rank() - 1;
  }

  /** The axes behind the batch with those of a row last. */
  private List<Integer> order() {
    List<Integer> order = new ArrayList<>(IntStream.range(1, shape().rank()).boxed().toList());
    order.removeAll(axes);
    order.addAll(axes);
    return order;
  }

  private boolean isInOrder() {
    return order().stream().sorted().toList().equals(order());
  }

  /** The sizes of a row's axes. */
  long[] sizes() {
    return axes.stream().mapToLong(axis -> shape().dim(axis).size()).toArray();
  }

  /** The array with rows in its last axes, of any sizes. */
  private Shape turned(long... sizes) {
    List<Dim> dims = new ArrayList<>(List.of(shape().dim(0)));
    order().stream().filter(axis -> !axes.contains(axis)).map(shape()::dim).forEach(dims::add);
    Arrays.stream(sizes).mapToObj(Dim::of).forEach(dims::add);
    return new Shape(dims);
  }

  /** The rows of each sample as a sequence, or the only one. */
  private Shape flat(long size) {
    if (isSequence()) {
      return turned(size);
    }
    long rows = turned().slice(1, turned().rank()).elementCount();
    return isWhole()
        ? Shape.of(shape().dim(0), Dim.of(size))
        : Shape.of(shape().dim(0), Dim.of(rows), Dim.of(size));
  }

  /** The rows of the call's input. */
  Rows rows() {
    List<Tree.Obj> parts = new ArrayList<>();
    long size = Shape.elementCount(sizes());
    if (isTurnedSequence()) {
      parts.add(PreProcessors.rows(FEATURES_FIRST));
    } else {
      if (!isInOrder()) {
        parts.add(PreProcessors.permute(order().stream().mapToInt(axis -> axis).toArray()));
      }
      reshape(turned(sizes()), flat(size), parts);
      if (!isWhole()) {
        parts.add(PreProcessors.rows(FEATURES_LAST));
      }
    }
    return new Rows(call, made("/rows", parts, call.input()), size);
  }

  /** Rows as an array that lies as the input does. */
  String array(Rows rows) {
    return array("/array", rows, sizes());
  }

  /** Rows as an array that lies as the input does, with other sizes of a row's axes. */
  String array(String step, Rows rows, long... sizes) {
    List<Tree.Obj> parts = new ArrayList<>();
    if (isTurnedSequence()) {
      parts.add(PreProcessors.steps(FEATURES_FIRST));
    } else {
      turned(rows, parts, sizes);
    }
    if (!isInOrder() && !isTurnedSequence()) {
      List<Integer> order = order();
      IntStream back = IntStream.range(1, shape().rank()).map(axis -> order.indexOf(axis) + 1);
      parts.add(PreProcessors.permute(back.toArray()));
    }
    return made(step, parts, rows.vertex());
  }

  /** Rows as an array with a row's axes behind the others, of whatever number and sizes. */
  String arrayWithRowsLast(String step, Rows rows, long... sizes) {
    List<Tree.Obj> parts = new ArrayList<>();
    turned(rows, parts, sizes);
    return made(step, parts, rows.vertex());
  }

  private void turned(Rows rows, List<Tree.Obj> parts, long... sizes) {
    if (!isWhole()) {
      parts.add(PreProcessors.steps(FEATURES_LAST));
    }
    reshape(flat(rows.size()), turned(sizes), parts);
  }

  private static void reshape(Shape from, Shape to, List<Tree.Obj> parts) {
    if (!from.equals(to)) {
      parts.add(PreProcessors.reshape(from, to));
    }
  }

  private String made(String step, List<Tree.Obj> parts, String input) {
    return parts.isEmpty()
        ? input
        : call.network().preProcessor(call.name() + step, PreProcessors.chain(parts), input);
  }
}
