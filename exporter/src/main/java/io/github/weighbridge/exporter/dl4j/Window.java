package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.WindowPadding;
import java.util.Collections;
import java.util.List;

/**
 * A moving window in DL4J's words. DL4J's 1-D layers have arrays of two elements, of which only the
 * first counts.
 *
 * @param size of the window
 * @param strides between its places
 * @param dilation between its elements
 * @param mode DL4J's ConvolutionMode
 * @param dataFormat where the channels stand
 */
record Window(
    List<Integer> size,
    List<Integer> strides,
    List<Integer> dilation,
    String mode,
    DataFormat dataFormat) {

  /** The rule that windows of Theano's models break. */
  static final String NOT_HALF = "must not be padded as Theano does, which no mode of DL4J's is";

  /** A window by Keras's rules; {@code dilation} may be left out as null. */
  static Window of(
      List<Integer> size,
      List<Integer> strides,
      List<Integer> dilation,
      WindowPadding padding,
      DataFormat dataFormat) {
    String mode =
        switch (padding) {
          // Truncate, not Strict: Keras too ignores what is left over at the end.
          case VALID -> "Truncate";
          case SAME -> "Same";
          case CAUSAL -> "Causal";
          case HALF -> throw new IllegalArgumentException(NOT_HALF);
        };
    int rank = Math.max(2, size.size());
    return new Window(
        LayerTemplates.filled(size, rank, 1),
        LayerTemplates.filled(strides, rank, strides.get(0)),
        LayerTemplates.filled(dilation, rank, 1),
        mode,
        dataFormat);
  }

  /** No padding beyond the mode's. */
  List<Integer> padding() {
    return Collections.nCopies(size.size(), 0);
  }

  /** CNN2DFormat. */
  String format2d() {
    return format2d(dataFormat);
  }

  /** CNN2DFormat of images that have their channels here. */
  static String format2d(DataFormat format) {
    return format == DataFormat.CHANNELS_LAST ? "NHWC" : "NCHW";
  }

  /** RNNFormat. */
  String format1d() {
    return format1d(dataFormat);
  }

  /** RNNFormat of sequences that have their features here. */
  static String format1d(DataFormat format) {
    return format == DataFormat.CHANNELS_LAST ? "NWC" : "NCW";
  }

  /** Convolution3D.DataFormat. */
  String format3d() {
    return format3d(dataFormat);
  }

  /** Convolution3D.DataFormat of volumes that have their channels here. */
  static String format3d(DataFormat format) {
    return format == DataFormat.CHANNELS_LAST ? "NDHWC" : "NCDHW";
  }
}
