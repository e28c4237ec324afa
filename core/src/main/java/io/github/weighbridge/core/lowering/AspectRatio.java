package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Images of known size brought to the ratio of another size, so that resizing distorts nothing; by
 * the arithmetic of Keras, in single precision and rounded down.
 */
final class AspectRatio {

  private final OperationScope context;
  private final ImageResize image;

  AspectRatio(OperationScope context, ImageResize image) {
    this.context = context;
    this.image = image;
  }

  /** The largest part in the middle that has the ratio. */
  Value cropped(Value x, int height, int width) {
    long ownHeight = context.knownSize(x, image.heightAxis());
    long ownWidth = context.knownSize(x, image.heightAxis() + 1);
    long cropHeight = fitted(ownHeight, ownWidth, height, width);
    long cropWidth = fitted(ownWidth, ownHeight, width, height);
    return part(x, (ownHeight - cropHeight) / 2, (ownWidth - cropWidth) / 2, cropHeight, cropWidth);
  }

  /** What an image has of {@code height x width} from the corner of {@link #cropped} on. */
  Value corner(Value x, int height, int width) {
    long ownHeight = context.knownSize(x, image.heightAxis());
    long ownWidth = context.knownSize(x, image.heightAxis() + 1);
    long top = (ownHeight - fitted(ownHeight, ownWidth, height, width)) / 2;
    long left = (ownWidth - fitted(ownWidth, ownHeight, width, height)) / 2;
    return part(x, top, left, Math.min(height, ownHeight - top), Math.min(width, ownWidth - left));
  }

  /** One side of the largest part that has the ratio. */
  private static long fitted(long own, long other, int target, int otherTarget) {
    return Math.max(1, Math.min(own, fitting(other, target, otherTarget)));
  }

  /** The image with as much added on both sides as gives it the ratio, or one element less. */
  Value padded(Value x, int height, int width, double value) {
    long ownHeight = context.knownSize(x, image.heightAxis());
    long ownWidth = context.knownSize(x, image.heightAxis() + 1);
    long above = Math.max(0, fitting(ownWidth, height, width) - ownHeight) / 2;
    long beside = Math.max(0, fitting(ownHeight, width, height) - ownWidth) / 2;
    if (above == 0 && beside == 0) {
      return x;
    }
    List<Long> margins = new ArrayList<>(Collections.nCopies(4, 0L));
    margins.set(image.heightAxis(), above);
    margins.set(image.heightAxis() + 1, beside);
    return context.add("pad", new Pad(margins, margins, Pad.Mode.CONSTANT, value), x);
  }

  /** A part of the image. */
  Value part(Value x, long top, long left, long height, long width) {
    int axis = image.heightAxis();
    if (height == context.knownSize(x, axis) && width == context.knownSize(x, axis + 1)) {
      return x;
    }
    Slice slice =
        new Slice(
            List.of(axis, axis + 1),
            List.of(top, left),
            List.of(top + height, left + width),
            List.of(1L, 1L));
    return context.add("crop", slice, x);
  }

  /** One side of an image whose other side is {@code other}, in the ratio of the targets. */
  private static long fitting(long other, int target, int otherTarget) {
    return (long) ((float) (other * target) / otherTarget);
  }
}
