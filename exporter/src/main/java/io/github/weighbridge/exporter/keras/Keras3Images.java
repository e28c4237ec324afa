package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** TensorFlow's functions of images {@code [height, width, channels]}, or of batches of them. */
final class Keras3Images {

  private static final int ROWS = -3;
  private static final int COLUMNS = -2;

  private Keras3Images() {}

  static void addTo(ComposedCalls table) {
    table.add(
        "tf.image.adjust_brightness",
        call -> call.add("Add", call.arg("image"), call.arg("delta")));
    table.add("tf.image.adjust_contrast", Keras3Images::contrast);
    table.add("tf.image.central_crop", Keras3Images::centralCrop);
    table.add("tf.image.crop_to_bounding_box", Keras3Images::crop);
    table.add("tf.image.flip_left_right", call -> flipped(call, COLUMNS));
    table.add("tf.image.flip_up_down", call -> flipped(call, ROWS));
    table.add(
        "tf.image.grayscale_to_rgb",
        call -> {
          Argument x = call.arg("images");
          Argument each = new Argument.Items(Collections.nCopies(3, x));
          return call.add("Concatenate", List.of(each), "axis", -1);
        });
    table.add("tf.image.pad_to_bounding_box", Keras3Images::pad);
    table.add("tf.image.per_image_standardization", Keras3Images::standardized);
    table.add(
        "tf.image.transpose",
        call -> {
          Argument x = call.arg("image");
          List<Integer> axes = new ArrayList<>(IntStream.range(0, call.rank(x)).boxed().toList());
          Collections.swap(axes, axes.size() + ROWS, axes.size() + COLUMNS);
          return call.add("Transpose", List.of(x), "axes", axes);
        });
    table.when("tf.image.resize", call -> call.isComputed("size"), Keras3Images::resizedToComputed);
    for (String method : List.of("area", "bicubic", "bilinear", "nearest_neighbor")) {
      table.add("tf.compat.v1.image.resize_" + method, call -> resized(call, method));
    }
  }

  private static Argument flipped(ComposedCall call, int axis) {
    return call.add("Flip", List.of(call.arg("image")), "axis", axis);
  }

  private static Argument mean(ComposedCall call, Argument x, List<Integer> axes) {
    return call.add("Mean", List.of(x), "axis", axes, "keepdims", true);
  }

  /** Away from the mean of each channel. */
  private static Argument contrast(ComposedCall call) {
    Argument x = call.arg("images");
    Argument center = mean(call, x, List.of(ROWS, COLUMNS));
    Argument apart = call.add("Subtract", x, center);
    Argument scaled = call.add("Multiply", apart, call.arg("contrast_factor"));
    return call.add("Add", scaled, center);
  }

  /** The deviation is at least that of one element over all. */
  private static Argument standardized(ComposedCall call) {
    Argument x = call.cast(call.arg("image"), call.result().dtype());
    int rank = call.rank(x);
    long count = call.size(x, rank - 3) * call.size(x, rank - 2) * call.size(x, rank - 1);
    List<Integer> axes = List.of(ROWS, COLUMNS, -1);
    Argument apart = call.add("Subtract", x, mean(call, x, axes));
    Argument variance = mean(call, call.add("Square", apart), axes);
    Argument least = Literals.of(1 / Math.sqrt((double) count));
    Argument deviation = call.add("Maximum", call.add("Sqrt", variance), least);
    return call.add("Divide", apart, deviation);
  }

  /** What is cut from each side is a whole number. */
  private static Argument centralCrop(ComposedCall call) {
    Argument x = call.arg("image");
    double fraction = call.number("central_fraction");
    int rank = call.rank(x);
    Tree[] key = all(rank);
    for (int axis : new int[] {rank + ROWS, rank + COLUMNS}) {
      long size = call.size(x, axis);
      long start = (long) ((size - size * fraction) / 2);
      key[axis] = Literals.slice(start, size - start, null);
    }
    return call.items(x, List.of(key));
  }

  private static Tree[] all(int rank) {
    Tree[] key = new Tree[rank];
    Arrays.fill(key, Literals.all());
    return key;
  }

  private static Argument crop(ComposedCall call) {
    Argument x = call.arg("image");
    int rank = call.rank(x);
    Tree[] key = all(rank);
    key[rank + ROWS] = box(call, "offset_height", "target_height");
    key[rank + COLUMNS] = box(call, "offset_width", "target_width");
    return call.items(x, List.of(key));
  }

  private static Tree box(ComposedCall call, String offset, String target) {
    long begin = call.whole(offset);
    return Literals.slice(begin, begin + call.whole(target), null);
  }

  private static Argument pad(ComposedCall call) {
    Argument x = call.arg("image");
    int rank = call.rank(x);
    List<List<Long>> margins = new ArrayList<>(Collections.nCopies(rank, List.of(0L, 0L)));
    margins.set(rank + ROWS, margin(call, x, rank + ROWS, "offset_height", "target_height"));
    margins.set(rank + COLUMNS, margin(call, x, rank + COLUMNS, "offset_width", "target_width"));
    return call.add("Pad", List.of(x), "pad_width", margins, "mode", "constant");
  }

  private static List<Long> margin(
      ComposedCall call, Argument x, int axis, String offset, String target) {
    long begin = call.whole(offset);
    return List.of(begin, call.whole(target) - begin - call.size(x, axis));
  }

  private static Argument resizedToComputed(ComposedCall call) {
    boolean antialias = call.flag("antialias");
    return resized(call, call.arg("images"), call.text("method"), antialias);
  }

  private static Argument resized(
      ComposedCall call, Argument x, String interpolation, boolean antialias) {
    List<Dim> dims = call.result().shape().dims();
    Dim rows = dims.get(dims.size() + ROWS);
    Dim columns = dims.get(dims.size() + COLUMNS);
    if (!rows.isFixed() || !columns.isFixed()) {
      throw new Inexpressible("must resize to a size that is known", rows + ", " + columns);
    }
    return call.add(
        "Resize",
        List.of(x),
        "size",
        List.of(rows.size(), columns.size()),
        "interpolation",
        interpolation,
        "antialias",
        antialias,
        "data_format",
        "channels_last");
  }

  /** Where centres are no half-pixel ones, elements are looked up at multiples of a step. */
  private static Argument resized(ComposedCall call, String method) {
    Argument x = call.arg("images");
    boolean nearest = method.equals("nearest_neighbor");
    Argument numbers = nearest ? x : call.cast(x, DataType.FLOAT32);
    boolean corners = call.flag("align_corners");
    if ((call.flag("half_pixel_centers") || method.equals("area")) && !corners) {
      return resized(call, numbers, nearest ? "nearest" : method, false);
    }
    if (!nearest && !method.equals("bilinear")) {
      throw new Inexpressible("must have half-pixel centres", "those of older versions");
    }
    return lookedUp(call, lookedUp(call, numbers, 1, corners, nearest), 2, corners, nearest);
  }

  private static Argument lookedUp(
      ComposedCall call, Argument x, int axis, boolean corners, boolean nearest) {
    int size = Math.toIntExact(call.size(x, axis));
    int target = Math.toIntExact(call.resultSize(0, axis));
    float step = corners && target > 1 ? (size - 1) / (float) (target - 1) : size / (float) target;
    List<Integer> lower = new ArrayList<>();
    List<Integer> upper = new ArrayList<>();
    List<Object> shares = new ArrayList<>();
    for (int i = 0; i < target; i++) {
      float place = i * step;
      int floor = nearest && corners ? Math.round(place) : (int) Math.floor(place);
      int below = Math.min(floor, size - 1);
      lower.add(below);
      upper.add(Math.min(below + 1, size - 1));
      Object share = place - floor;
      shares.add(axis == 1 ? List.of(List.of(share)) : List.of(share));
    }
    Argument below = taken(call, x, axis, lower);
    if (nearest) {
      return below;
    }
    Argument apart = call.add("Subtract", taken(call, x, axis, upper), below);
    Argument share = Literals.array(DataType.FLOAT32, shares);
    return call.add("Add", below, call.add("Multiply", apart, share));
  }

  private static Argument taken(ComposedCall call, Argument x, int axis, List<Integer> places) {
    return call.add("Take", List.of(x, Literals.array(DataType.INT32, places)), "axis", axis);
  }
}
