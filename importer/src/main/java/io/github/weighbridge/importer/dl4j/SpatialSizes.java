package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sizes of an image before a layer, by those behind it, where only one is possible: with
 * strides, several may lead to the same.
 */
final class SpatialSizes {

  private final Tree.Obj config;

  private SpatialSizes(Tree.Obj config) {
    this.config = config;
  }

  /** The size of each spatial axis before a layer; null where it is not told. */
  static List<@Nullable Long> before(Dl4jVertex vertex, List<@Nullable Long> behind) {
    SpatialSizes sizes = new SpatialSizes(vertex.config());
    List<@Nullable Long> before = new ArrayList<>();
    for (int axis = 0; axis < behind.size(); axis++) {
      Long own = behind.get(axis);
      Long found = own == null ? null : sizes.before(vertex.simpleClass(), axis, own);
      before.add(found == null || found <= 0 ? null : found);
    }
    return Collections.unmodifiableList(before);
  }

  private @Nullable Long before(String className, int axis, long behind) {
    return switch (className) {
      case "ConvolutionLayer",
          "Convolution3D",
          "DepthwiseConvolution2D",
          "SeparableConvolution2D",
          "Subsampling3DLayer",
          "SubsamplingLayer" ->
          windows(axis, behind);
      case "CnnLossLayer" -> behind;
      case "Cropping2D", "Cropping3D" ->
          margins("cropping", axis).map(m -> behind + m).orElse(null);
      case "ZeroPaddingLayer", "ZeroPadding3DLayer" ->
          margins("padding", axis).map(m -> behind - m).orElse(null);
      case "Upsampling2D", "Upsampling3D" -> {
        long factor = number("size", axis, 1);
        yield factor > 0 && behind % factor == 0 ? behind / factor : null;
      }
      case "SpaceToDepthLayer" -> behind * config.get("blockSize").flatMap(Tree::asLong).orElse(1L);
      default -> null;
    };
  }

  private @Nullable Long windows(int axis, long behind) {
    long stride = number("stride", axis, 1);
    String mode = config.text("convolutionMode").orElse("Truncate");
    if (mode.equals("Same")) {
      return stride == 1 ? behind : null;
    }
    if (stride != 1 && !mode.equals("Strict")) {
      return null;
    }
    long reach = (number("kernelSize", axis, 1) - 1) * number("dilation", axis, 1) + 1;
    return (behind - 1) * stride + reach - 2 * number("padding", axis, 0);
  }

  /** What stands on both sides of an axis together. */
  private Optional<Long> margins(String key, int axis) {
    List<Tree> amounts = config.items(key);
    return amounts.size() > 2 * axis + 1
        ? Optional.of(number(key, 2 * axis, 0) + number(key, 2 * axis + 1, 0))
        : Optional.empty();
  }

  private long number(String key, int index, long absent) {
    List<Tree> items = config.items(key);
    return index < items.size() ? items.get(index).asLong().orElse(absent) : absent;
  }
}
