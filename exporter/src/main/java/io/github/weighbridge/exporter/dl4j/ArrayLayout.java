package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.tensor.Shape;
import java.util.stream.IntStream;

/** How an array of DL4J lies against the tensor of Keras that it holds. */
enum ArrayLayout {
  /** As in Keras, where the last axis has the channels of images and the features of steps. */
  LAST,
  /** As in Keras, where axis 1 has the channels. */
  FIRST,
  /** With the last axis of Keras behind the batch: DL4J's NCW, NCHW and NCDHW. */
  TURNED;

  /** From this rank on there is an axis for channels beside others. */
  static final int LEAST_RANK = 3;

  /** The shape of the array for a tensor of Keras. */
  Shape shape(Shape keras) {
    if (!isTurned(keras.rank())) {
      return keras;
    }
    int[] order = toTurned(keras.rank() - 1);
    return keras.transposed(IntStream.concat(IntStream.of(0), IntStream.of(order)).toArray());
  }

  /** The axis of the array that is an axis of the tensor. */
  int axis(int keras, int rank) {
    if (!isTurned(rank) || keras == 0) {
      return keras;
    }
    return keras == rank - 1 ? 1 : keras + 1;
  }

  /** Where the array has the channels that the tensor has here. */
  DataFormat format(DataFormat keras) {
    return this == TURNED ? DataFormat.CHANNELS_FIRST : keras;
  }

  /** Whether the array of a tensor of this rank has its axes in another order. */
  boolean isTurned(int rank) {
    return this == TURNED && rank >= LEAST_RANK;
  }

  /**
   * The axes behind the batch, counted from 1, in the order in which an array that is turned has
   * them.
   *
   * @param axes how many there are behind the batch
   */
  static int[] toTurned(int axes) {
    return IntStream.rangeClosed(1, axes).map(i -> i == 1 ? axes : i - 1).toArray();
  }

  /** The way back. */
  static int[] fromTurned(int axes) {
    return IntStream.rangeClosed(1, axes).map(i -> i == axes ? 1 : i + 1).toArray();
  }
}
