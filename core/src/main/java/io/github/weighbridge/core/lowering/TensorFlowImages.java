package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.ADD;
import static io.github.weighbridge.core.op.BinaryFunction.DIVIDE;
import static io.github.weighbridge.core.op.BinaryFunction.MAXIMUM;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** TensorFlow's functions of images {@code [height, width, channels]}, or of batches of them. */
final class TensorFlowImages {

  private TensorFlowImages() {}

  static void addTo(FunctionTable table) {
    table.add("tf.image.adjust_brightness(image, delta)", TensorFlowImages::brightness);
    table.add("tf.image.adjust_contrast(images, contrast_factor)", TensorFlowImages::contrast);
    table.add("tf.image.central_crop(image, central_fraction)", TensorFlowImages::centralCrop);
    table.add(
        "tf.image.crop_to_bounding_box(image, offset_height, offset_width, target_height,"
            + " target_width)",
        TensorFlowImages::crop);
    table.add("tf.image.flip_left_right(image)", call -> flipped(call, 2));
    table.add("tf.image.flip_up_down(image)", call -> flipped(call, 3));
    table.add("tf.image.grayscale_to_rgb(images)", TensorFlowImages::colored);
    table.add(
        "tf.image.pad_to_bounding_box(image, offset_height, offset_width, target_height,"
            + " target_width)",
        TensorFlowImages::pad);
    table.add("tf.image.per_image_standardization(image)", TensorFlowImages::standardized);
    table.add(
        "tf.image.resize(images, size, method='bilinear', preserve_aspect_ratio=False,"
            + " antialias=False)",
        TensorFlowImages::resize);
    for (String method : List.of("area", "bicubic", "bilinear", "nearest_neighbor")) {
      table.add(
          "tf.compat.v1.image.resize_"
              + method
              + "(images, size, align_corners=False,"
              + " half_pixel_centers=False)",
          call -> resizeOfOld(call, method));
    }
    table.add("tf.image.transpose(image)", TensorFlowImages::transposed);
  }

  private static Value image(FunctionCall call, String name) {
    Value x = call.tensor(name);
    int rank = x.type().rank();
    Rules.require(
        rank == 3 || rank == 4, "images must have 3 axes, or 4 with a batch, is " + x.type());
    return x;
  }

  private static void requireFloating(FunctionCall call, Value x) {
    if (!x.type().dtype().isFloating()) {
      throw call.unsupported("images must be of floating-point numbers", x.type().toString());
    }
  }

  private static Value brightness(FunctionCall call) {
    Value x = call.tensor("image");
    requireFloating(call, x);
    return call.binary(ADD, x, call.as(x.type().dtype(), "delta").get(0));
  }

  /** Away from the mean of each channel. */
  private static Value contrast(FunctionCall call) {
    Value x = image(call, "images");
    requireFloating(call, x);
    int rank = x.type().rank();
    Reduce mean = new Reduce(Reduce.Function.MEAN, List.of(rank - 3, rank - 2), true);
    Value center = call.add("mean", mean, x);
    Value factor = call.as(x.type().dtype(), "contrast_factor").get(0);
    Value apart = call.binary(MULTIPLY, call.binary(SUBTRACT, x, center), factor);
    return call.binary(ADD, apart, center);
  }

  /** The deviation is at least that of one element over all. */
  private static Value standardized(FunctionCall call) {
    Value own = image(call, "image");
    DataType dtype = own.type().dtype();
    Value x = dtype.isFloating() ? own : call.cast(own, DataType.FLOAT32);
    int rank = x.type().rank();
    List<Integer> axes = List.of(rank - 3, rank - 2, rank - 1);
    long count = 1;
    for (int axis : axes) {
      count *= call.knownSize(x, axis);
    }
    Reduce mean = new Reduce(Reduce.Function.MEAN, axes, true);
    Value apart = call.binary(SUBTRACT, x, call.add("mean", mean, x));
    Value variance = call.add("variance", mean, call.binary(MULTIPLY, apart, apart));
    Value deviation = call.unary(UnaryFunction.SQRT, variance);
    Value least = call.scalar("least", x.type().dtype(), 1 / Math.sqrt((double) count));
    return call.binary(DIVIDE, apart, call.binary(MAXIMUM, deviation, least));
  }

  private static Value flipped(FunctionCall call, int fromEnd) {
    Value x = image(call, "image");
    return call.add("flip", Slice.reversed(x.type().rank() - fromEnd), x);
  }

  private static Value transposed(FunctionCall call) {
    Value x = image(call, "image");
    int rank = x.type().rank();
    List<Integer> perm = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.swap(perm, rank - 3, rank - 2);
    return call.add("transpose", new Transpose(perm), x);
  }

  private static Value colored(FunctionCall call) {
    Value x = call.tensor("images");
    return call.add("colors", new Concat(x.type().rank() - 1), x, x, x);
  }

  /** What is cut from each side is a whole number. */
  private static Value centralCrop(FunctionCall call) {
    Value x = image(call, "image");
    double fraction = call.number("central_fraction");
    Rules.require(
        fraction > 0 && fraction <= 1, "'central_fraction' must be in (0, 1], is " + fraction);
    Value result = x;
    for (int axis : List.of(x.type().rank() - 3, x.type().rank() - 2)) {
      long size = call.knownSize(x, axis);
      long start = (long) ((size - size * fraction) / 2);
      result = call.add("crop", Slice.of(axis, start, size - start), result);
    }
    return result;
  }

  private static Value crop(FunctionCall call) {
    Value x = image(call, "image");
    int axis = x.type().rank() - 3;
    Value rows = cut(call, x, axis, "offset_height", "target_height");
    return cut(call, rows, axis + 1, "offset_width", "target_width");
  }

  private static Value cut(FunctionCall call, Value x, int axis, String offset, String target) {
    long begin = call.whole(offset);
    long end = begin + call.whole(target);
    Rules.require(
        begin >= 0 && end > begin && end <= call.knownSize(x, axis),
        "'" + offset + "' and '" + target + "' must lie within " + x.type());
    return call.add("crop", Slice.of(axis, begin, end), x);
  }

  private static Value pad(FunctionCall call) {
    Value x = image(call, "image");
    int axis = x.type().rank() - 3;
    List<Long> begin = new ArrayList<>(Collections.nCopies(x.type().rank(), 0L));
    List<Long> end = new ArrayList<>(begin);
    begin.set(axis, (long) call.whole("offset_height"));
    begin.set(axis + 1, (long) call.whole("offset_width"));
    end.set(axis, call.whole("target_height") - begin.get(axis) - call.knownSize(x, axis));
    end.set(
        axis + 1, call.whole("target_width") - begin.get(axis + 1) - call.knownSize(x, axis + 1));
    for (long margin :
        List.of(begin.get(axis), begin.get(axis + 1), end.get(axis), end.get(axis + 1))) {
      Rules.require(margin >= 0, "the box must hold " + x.type());
    }
    return call.add("pad", new Pad(begin, end, Pad.Mode.CONSTANT, 0), x);
  }

  /** Half-pixel centres; all but the nearest elements are computed as float32. */
  private static Value resize(FunctionCall call) {
    if (call.flag("preserve_aspect_ratio")) {
      throw call.unsupported("'preserve_aspect_ratio' must be false", "true");
    }
    Value x = image(call, "images");
    String method = call.text("method");
    boolean single = x.type().rank() == 3;
    Value batch = single ? call.add("batch", new Unsqueeze(List.of(0)), x) : x;
    List<Long> size = TensorFlowShapes.known(call, "size");
    Rules.require(size.size() == 2, "'size' must be a height and a width, is " + size);
    ImageResize resize = new ImageResize(call, DataFormat.CHANNELS_LAST);
    Value numbers = method.equals("nearest") ? batch : call.cast(batch, DataType.FLOAT32);
    Value resized =
        resize.resize(
            numbers,
            method,
            call.flag("antialias"),
            Math.toIntExact(size.get(0)),
            Math.toIntExact(size.get(1)));
    return single ? call.add("image", new Squeeze(List.of(0)), resized) : resized;
  }

  /** Where centres are no half-pixel ones, elements are looked up at multiples of a step. */
  private static Value resizeOfOld(FunctionCall call, String method) {
    Value x = call.tensor("images");
    List<Long> size = TensorFlowShapes.known(call, "size");
    int height = Math.toIntExact(size.get(0));
    int width = Math.toIntExact(size.get(1));
    boolean corners = call.flag("align_corners");
    String name = method.equals("nearest_neighbor") ? "nearest" : method;
    if ((call.flag("half_pixel_centers") || method.equals("area")) && !corners) {
      Value numbers = name.equals("nearest") ? x : call.cast(x, DataType.FLOAT32);
      return new ImageResize(call, DataFormat.CHANNELS_LAST)
          .resize(numbers, name, false, height, width);
    }
    if (!name.equals("nearest") && !name.equals("bilinear")) {
      throw call.unsupported(
          "'" + method + "' must have half-pixel centres", "those of older versions");
    }
    boolean nearest = name.equals("nearest");
    Value numbers = nearest ? x : call.cast(x, DataType.FLOAT32);
    Value rows = lookedUp(call, numbers, 1, height, corners, nearest);
    return lookedUp(call, rows, 2, width, corners, nearest);
  }

  private static Value lookedUp(
      FunctionCall call, Value x, int axis, int target, boolean corners, boolean nearest) {
    int size = Math.toIntExact(call.knownSize(x, axis));
    float step = corners && target > 1 ? (size - 1) / (float) (target - 1) : size / (float) target;
    long[] lower = new long[target];
    long[] upper = new long[target];
    float[] shares = new float[target];
    for (int i = 0; i < target; i++) {
      float place = i * step;
      int floor = nearest && corners ? Math.round(place) : (int) Math.floor(place);
      lower[i] = Math.min(floor, size - 1);
      upper[i] = Math.min(lower[i] + 1, size - 1);
      shares[i] = place - floor;
    }
    Value below = taken(call, x, axis, lower);
    if (nearest) {
      return below;
    }
    Value above = taken(call, x, axis, upper);
    long[] along = axis == 1 ? new long[] {target, 1, 1} : new long[] {target, 1};
    Value share = call.constant("shares", Tensor.of(shares, along).cast(x.type().dtype()));
    Value apart = call.binary(MULTIPLY, call.binary(SUBTRACT, above, below), share);
    return call.binary(ADD, below, apart);
  }

  private static Value taken(FunctionCall call, Value x, int axis, long[] places) {
    Value indices = call.constant("places", Tensor.of(places, places.length));
    return call.add("taken", new Gather(axis, 0), x, indices);
  }
}
