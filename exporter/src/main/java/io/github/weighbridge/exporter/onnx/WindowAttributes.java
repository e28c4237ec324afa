package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What convolutions and pools say about their window: size, strides, dilations, padding. */
final class WindowAttributes {

  private WindowAttributes() {}

  /** The attributes of a window over the step's first operand; the caller may add others. */
  static Map<String, OnnxAttribute> of(Window window, Step step, OnnxContext onnx) {
    Map<String, OnnxAttribute> attributes = new TreeMap<>();
    attributes.put("kernel_shape", OnnxAttribute.ofInts(window.size()));
    attributes.put("strides", OnnxAttribute.ofInts(window.strides()));
    if (window.dilations().stream().anyMatch(d -> d != 1)) {
      attributes.put("dilations", OnnxAttribute.ofInts(window.dilations()));
    }
    Optional<Padding> padding = knownPadding(window, onnx.shape(step.operand(0)).dims());
    if (padding.isPresent()) {
      List<Integer> pads = new ArrayList<>(padding.get().begin());
      pads.addAll(padding.get().end());
      attributes.put("pads", OnnxAttribute.ofInts(pads));
    } else if (attributes.containsKey("dilations")) {
      onnx.unsupported(
          step,
          "\"same\" padding with strides and dilation must have a known image size",
          "image " + onnx.shape(step.operand(0)),
          "give the input a fixed height and width");
    } else {
      attributes.put("auto_pad", OnnxAttribute.of("SAME_UPPER"));
    }
    return attributes;
  }

  /** The padding as numbers, if it can be known: with stride 1 it does not depend on the size. */
  private static Optional<Padding> knownPadding(Window window, List<Dim> image) {
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < window.rank(); i++) {
      Dim dim = image.get(Window.spatialAxis(i, 1));
      if (!window.padding().same() || window.strides().get(i) == 1) {
        sizes.add((long) window.extent(i));
      } else if (dim.isFixed()) {
        sizes.add(dim.size());
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(window.paddingFor(sizes));
  }

  /** Whether the padding is what "same" padding of an image comes to, the odd one at the end. */
  static boolean isSame(Window window, List<Dim> image) {
    Optional<Padding> padding = knownPadding(window, image);
    for (int i = 0; i < window.rank() && padding.isPresent(); i++) {
      Dim dim = image.get(Window.spatialAxis(i, 1));
      int stride = window.strides().get(i);
      if (!dim.isFixed() && stride != 1) {
        return false;
      }
      long size = dim.isFixed() ? dim.size() : window.extent(i);
      int total = Window.sameTotal(size, window.extent(i), stride);
      if (padding.get().begin().get(i) != total / 2
          || padding.get().end().get(i) != total - total / 2) {
        return false;
      }
    }
    return true;
  }

  /** Images come with their channels at axis 1: a pass sees to it before. */
  static void requireChannelsFirst(Step step, int channelAxis) {
    if (channelAxis != 1) {
      throw new IllegalStateException(
          step.name() + " has its channels at axis " + channelAxis + ", not 1");
    }
  }
}
