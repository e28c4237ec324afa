package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Keras's windows as operations have them: padding in numbers wherever it is known. */
final class Windows {

  private Windows() {}

  static Window of(
      Shape image,
      DataFormat format,
      List<Integer> size,
      List<Integer> strides,
      List<Integer> dilations,
      WindowPadding padding) {
    List<Integer> begin = new ArrayList<>();
    List<Integer> end = new ArrayList<>();
    for (int i = 0; i < size.size(); i++) {
      int extent = (size.get(i) - 1) * dilations.get(i) + 1;
      int stride = strides.get(i);
      Dim in = image.dim(Window.spatialAxis(i, format.channelAxis(image.rank())));
      switch (padding) {
        case VALID -> {
          begin.add(0);
          end.add(0);
        }
        case CAUSAL -> {
          begin.add(extent - 1);
          end.add(0);
        }
        case HALF -> {
          int before = extent / 2;
          begin.add(before);
          end.add(behindHalf(in, before, extent, stride));
        }
        case SAME -> {
          if (!in.isFixed() && stride != 1) {
            Padding atRunTime = Padding.sameAtRunTime(size.size());
            return new Window(size, strides, dilations, atRunTime);
          }
          // With stride 1 the amount does not depend on the image.
          int total = in.isFixed() ? Window.sameTotal(in.size(), extent, stride) : extent - 1;
          begin.add(total / 2);
          end.add(total - total / 2);
        }
      }
    }
    return new Window(size, strides, dilations, Padding.of(begin, end));
  }

  /** What is needed behind an image for {@code ceil(in / stride)} places of a window. */
  private static int behindHalf(Dim in, int before, int extent, int stride) {
    if (stride == 1) {
      return extent - 1 - before;
    }
    if (in.isFixed()) {
      long places = (in.size() + stride - 1) / stride;
      return Math.toIntExact(Math.max(0, (places - 1) * stride + extent - before - in.size()));
    }
    if (extent % 2 == 0) {
      throw new IllegalArgumentException(
          "with Theano's padding, strides and a window of even size the image must have a known"
              + " size, it is "
              + in);
    }
    return before;
  }

  /**
   * A window of a pool. Theano's padding is another one here: {@code size - 2} before and after the
   * image if the size is odd, {@code size - 1} if it is even.
   */
  static Window pool(
      Shape image,
      DataFormat format,
      List<Integer> size,
      List<Integer> strides,
      WindowPadding padding) {
    if (padding != WindowPadding.HALF) {
      return of(image, format, size, strides, Collections.nCopies(size.size(), 1), padding);
    }
    List<Integer> begin = new ArrayList<>();
    List<Integer> end = new ArrayList<>();
    for (int i = 0; i < size.size(); i++) {
      int extent = size.get(i);
      int before = Math.max(0, extent % 2 == 0 ? extent - 1 : extent - 2);
      Dim in = image.dim(Window.spatialAxis(i, format.channelAxis(image.rank())));
      begin.add(before);
      end.add(behindHalf(in, before, extent, strides.get(i)));
    }
    return new Window(size, strides, Collections.nCopies(size.size(), 1), Padding.of(begin, end));
  }
}
