package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.WindowPadding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Pooling of windows with gaps, which Keras has no layer for: of all images that hold the elements
 * at one place of every window.
 *
 * @param window with the padding of its mode as amounts
 */
record DilatedPooling(VertexReading vertex, Window window) {

  private static final Tree.Obj NONE = Tree.object();

  /** Every place of a window is two calls. */
  private static final int MOST_PLACES = 4096;

  /** Of an image; its sizes tell the amounts where it is padded to the same size. */
  static DilatedPooling of(VertexReading vertex, Window window, Value image) {
    Window padded = window.withAmounts(image.type().shape());
    if (padded.padding() != WindowPadding.VALID) {
      throw vertex.refusal(
          "must have strides of 1 or an input of known size for this padding",
          image.type().shape().toString());
    }
    DilatedPooling pooling = new DilatedPooling(vertex, padded);
    if (pooling.places() > MOST_PLACES) {
      throw vertex.refusal(
          "must have at most " + MOST_PLACES + " elements in a window with gaps",
          window.size().toString());
    }
    return pooling;
  }

  Value max(Value image) {
    Value padded =
        window.isPadded() ? new ComposedPooling(vertex, window).paddedBySmallest(image) : image;
    return joined("Maximum", padded);
  }

  Value sum(Value image) {
    return joined("Add", new ComposedPooling(vertex, window).padded(image));
  }

  /**
   * The means.
   *
   * @param divided whether zeros of the padding count
   */
  Value mean(Value image, boolean divided) {
    Object count =
        divided || !window.isPadded()
            ? (Object) (double) places()
            : sum(vertex.function("OnesLike", NONE, image));
    return vertex.function("Divide", NONE, sum(image), count);
  }

  /** {@code (sum |x|^p)^(1/p)}. */
  Value norm(Value image, int p) {
    Value powers = vertex.function("Power", NONE, vertex.function("Abs", NONE, image), (double) p);
    return vertex.function("Power", NONE, sum(powers), 1.0 / p);
  }

  private int places() {
    return window.size().stream().reduce(1, Math::multiplyExact);
  }

  private Value joined(String function, Value image) {
    Value result = elements(image, 0);
    for (int place = 1; place < places(); place++) {
      result = vertex.function(function, NONE, result, elements(image, place));
    }
    return result;
  }

  /** The elements at a place of every window, counted row by row. */
  private Value elements(Value image, int place) {
    int rank = window.size().size();
    List<Tree> keys = new ArrayList<>(Collections.nCopies(rank + 2, Slices.ALL));
    int rest = place;
    for (int i = rank - 1; i >= 0; i--) {
      int from = rest % window.size().get(i) * window.dilation().get(i);
      int behind = (window.size().get(i) - 1) * window.dilation().get(i) - from;
      rest /= window.size().get(i);
      keys.set(
          window.format() == DataFormat.CHANNELS_FIRST ? i + 2 : i + 1,
          Slices.key(
              Tree.of(from),
              behind == 0 ? Tree.none() : Tree.of(-behind),
              Tree.of(window.strides().get(i))));
    }
    return vertex.function("GetItem", NONE, image, keys);
  }
}
