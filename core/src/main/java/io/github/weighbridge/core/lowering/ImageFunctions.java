package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Functions of images {@code [height, width, channels]}, or of batches of them. */
final class ImageFunctions {

  private ImageFunctions() {}

  static void addTo(FunctionTable table) {
    table.add(
        "CropImages(images, top_cropping=None, left_cropping=None, bottom_cropping=None,"
            + " right_cropping=None, target_height=None, target_width=None, data_format=None)",
        ImageFunctions::crop);
    table.add(
        "DepthToSpace(x, block_size, data_format='channels_last')", ImageFunctions::depthToSpace);
    table.add(
        "PadImages(images, top_padding=None, left_padding=None, bottom_padding=None,"
            + " right_padding=None, target_height=None, target_width=None, data_format=None)",
        ImageFunctions::pad);
    table.add(
        "Resize(images, size, interpolation='bilinear', antialias=False,"
            + " crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, fill_mode='constant',"
            + " fill_value=0.0, data_format=None)",
        ImageFunctions::resize);
    table.add(
        "SpaceToDepth(x, block_size, data_format='channels_last')", ImageFunctions::spaceToDepth);
  }

  static boolean channelsFirst(FunctionCall call) {
    return WindowFunctions.format(call) == DataFormat.CHANNELS_FIRST;
  }

  static Value images(FunctionCall call) {
    Value x = call.tensor("images");
    int rank = x.type().rank();
    Rules.require(
        rank == 3 || rank == 4, "'images' must have 3 axes, or 4 with a batch, is " + x.type());
    return x;
  }

  /** The axis of the height; that of the width follows. */
  private static int heightAxis(FunctionCall call, Value images) {
    return images.type().rank() - (channelsFirst(call) ? 2 : 3);
  }

  /** How much before and after an axis: two of three are given, before, after or the result. */
  private static long[] margins(
      FunctionCall call, String before, String after, String target, int sign, Value x, int axis) {
    int given = 0;
    for (String name : List.of(before, after, target)) {
      given += call.isNone(name) ? 0 : 1;
    }
    Rules.require(
        given == 2,
        "two of '"
            + before
            + "', '"
            + after
            + "' and '"
            + target
            + "' must be given, not "
            + given);
    if (call.isNone(target)) {
      return required(call.whole(before), call.whole(after), before);
    }
    long total = sign * (call.whole(target) - call.knownSize(x, axis));
    return call.isNone(before)
        ? required(total - call.whole(after), call.whole(after), before)
        : required(call.whole(before), total - call.whole(before), before);
  }

  private static long[] required(long begin, long end, String name) {
    Rules.require(
        begin >= 0 && end >= 0,
        "'" + name + "' and its opposite must not be below 0, are " + begin + " and " + end);
    return new long[] {begin, end};
  }

  private static Value pad(FunctionCall call) {
    Value x = images(call);
    int axis = heightAxis(call, x);
    long[] rows = margins(call, "top_padding", "bottom_padding", "target_height", 1, x, axis);
    long[] columns = margins(call, "left_padding", "right_padding", "target_width", 1, x, axis + 1);
    List<Long> begin = new ArrayList<>(Collections.nCopies(x.type().rank(), 0L));
    List<Long> end = new ArrayList<>(begin);
    begin.set(axis, rows[0]);
    end.set(axis, rows[1]);
    begin.set(axis + 1, columns[0]);
    end.set(axis + 1, columns[1]);
    return call.add("pad", new Pad(begin, end, Pad.Mode.CONSTANT, 0), x);
  }

  private static Value crop(FunctionCall call) {
    Value x = images(call);
    int axis = heightAxis(call, x);
    long[] rows = margins(call, "top_cropping", "bottom_cropping", "target_height", -1, x, axis);
    long[] columns =
        margins(call, "left_cropping", "right_cropping", "target_width", -1, x, axis + 1);
    Value band = cut(call, x, axis, rows);
    return cut(call, band, axis + 1, columns);
  }

  private static Value cut(FunctionCall call, Value x, int axis, long... margins) {
    long end = margins[1] == 0 ? Slice.TO_END : -margins[1];
    return call.add("crop", Slice.of(axis, margins[0], end), x);
  }

  private static Value resize(FunctionCall call) {
    Value images = images(call);
    boolean alone = images.type().rank() == 3;
    Value x = alone ? call.add("batch", new Unsqueeze(List.of(0)), images) : images;
    List<Integer> size = call.wholes("size");
    Rules.require(size.size() == 2, "'size' must be a height and a width, is " + size);
    Rules.require(
        call.text("fill_mode").equals("constant"),
        "'fill_mode' must be constant, is " + call.text("fill_mode"));
    ImageResize image = new ImageResize(call, WindowFunctions.format(call));
    x = fitted(call, x, image, size.get(0), size.get(1));
    String interpolation = call.text("interpolation");
    boolean same =
        image.hasKnownSize(x)
            && image.height(x).size() == size.get(0)
            && image.width(x).size() == size.get(1);
    // In float32, whatever the image has.
    Value numbers = same || interpolation.equals("nearest") ? x : call.cast(x, DataType.FLOAT32);
    Value resized =
        image.resize(numbers, interpolation, call.flag("antialias"), size.get(0), size.get(1));
    Value result = alone ? call.add("alone", new Squeeze(List.of(0)), resized) : resized;
    DataType dtype = images.type().dtype();
    if (result.type().dtype() == dtype) {
      return result;
    }
    Value rounded = dtype.isInteger() ? call.unary(UnaryFunction.ROUND, result) : result;
    return SaturatedCast.of(call, rounded, dtype);
  }

  /** The image in the ratio of the size, if that is asked for. */
  private static Value fitted(
      FunctionCall call, Value x, ImageResize image, int height, int width) {
    boolean crop = call.flag("crop_to_aspect_ratio");
    boolean pad = call.flag("pad_to_aspect_ratio");
    Rules.require(!crop || !pad, "an image is cropped or padded to a ratio, not both");
    if (!crop && !pad) {
      return x;
    }
    if (!image.hasKnownSize(x)) {
      throw call.unsupported(
          "the size of the image must be known to keep its aspect ratio",
          x.type().shape().toString());
    }
    AspectRatio ratio = new AspectRatio(call, image);
    return crop
        ? ratio.cropped(x, height, width)
        : ratio.padded(x, height, width, call.number("fill_value"));
  }

  /** An image with its channels last: what the two below are defined for. */
  private static Value channelsLast(FunctionCall call) {
    Value x = call.tensor("x");
    Rules.require(x.type().rank() == 4, "'x' must have 4 axes, is " + x.type());
    return channelsFirst(call) ? Shapes.moved(call, x, 1, 3) : x;
  }

  private static Value back(FunctionCall call, Value x) {
    return channelsFirst(call) ? Shapes.moved(call, x, 3, 1) : x;
  }

  private static Value shaped(FunctionCall call, Value x, long... sizes) {
    List<DimSource> dims = new ArrayList<>();
    dims.add(DimSource.of(x.type().shape().dim(0), 0, 0));
    for (long size : sizes) {
      dims.add(new DimSource.Fixed(size));
    }
    return call.add("blocks", new Reshape(dims), x);
  }

  private static Value spaceToDepth(FunctionCall call) {
    Value x = channelsLast(call);
    long block = block(call);
    long rows = call.knownSize(x, 1) / block;
    long columns = call.knownSize(x, 2) / block;
    long channels = call.knownSize(x, 3);
    Value blocks = shaped(call, x, rows, block, columns, block, channels);
    Value ordered = call.add("moved", new Transpose(List.of(0, 1, 3, 2, 4, 5)), blocks);
    return back(call, shaped(call, ordered, rows, columns, block * block * channels));
  }

  private static Value depthToSpace(FunctionCall call) {
    Value x = channelsLast(call);
    long block = block(call);
    long rows = call.knownSize(x, 1);
    long columns = call.knownSize(x, 2);
    long channels = call.knownSize(x, 3) / (block * block);
    Value blocks = shaped(call, x, rows, columns, block, block, channels);
    Value ordered = call.add("moved", new Transpose(List.of(0, 1, 3, 2, 4, 5)), blocks);
    return back(call, shaped(call, ordered, rows * block, columns * block, channels));
  }

  private static long block(FunctionCall call) {
    int block = call.whole("block_size");
    Rules.require(block > 0, "'block_size' must be positive, is " + block);
    return block;
  }
}
