package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.ADD;
import static io.github.weighbridge.core.op.BinaryFunction.DIVIDE;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Functions that weigh each element of an image with those around it, channel by channel. */
final class FilterFunctions {

  private static final double[] SOBEL_DOWN = {-1, -2, -1, 0, 0, 0, 1, 2, 1};
  private static final double[] SOBEL_ACROSS = {-1, 0, 1, -2, 0, 2, -1, 0, 1};

  private FilterFunctions() {}

  static void addTo(FunctionTable table) {
    table.add(
        "GaussianBlur(images, kernel_size=(3, 3), sigma=(1.0, 1.0), data_format=None)",
        FilterFunctions::gaussianBlur);
    table.add(
        "SSIM(image1, image2, max_val=1.0, filter_size=11, filter_sigma=1.5, k1=0.01, k2=0.03,"
            + " data_format=None)",
        FilterFunctions::similarity);
    table.add("SobelEdges(images, data_format=None)", FilterFunctions::sobelEdges);
  }

  /** A batch of images with the channels last. */
  private static Value channelsLast(FunctionCall call, Value images) {
    int rank = images.type().rank();
    Rules.require(rank == 3 || rank == 4, "images must have 3 or 4 axes, is " + images.type());
    Value batch = rank == 3 ? call.add("batch", new Unsqueeze(List.of(0)), images) : images;
    return ImageFunctions.channelsFirst(call) ? Shapes.moved(call, batch, 1, 3) : batch;
  }

  private static Value asBefore(FunctionCall call, Value x, Value images) {
    Value moved = ImageFunctions.channelsFirst(call) ? Shapes.moved(call, x, 3, 1) : x;
    return images.type().rank() == 3 ? call.add("alone", new Squeeze(List.of(0)), moved) : moved;
  }

  /** The same filters {@code [height, width]} for each channel, their results side by side. */
  private static Value filtered(
      FunctionCall call, Value x, int height, int width, Padding padding, double[]... filters) {
    int channels = Math.toIntExact(call.knownSize(x, 3));
    int out = channels * filters.length;
    double[] kernel = new double[height * width * out];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = filters[i % filters.length][i / out];
    }
    Tensor weights = Tensor.of(kernel, height, width, 1, out).cast(x.type().dtype());
    Window window = Window.of(List.of(height, width), List.of(1, 1), padding);
    return call.add("filtered", new Conv(window, channels, 3), x, call.constant("filter", weights));
  }

  /** Weights of sum 1, each step rounded to what the type holds, as it is computed in it. */
  private static double[] gaussian(DataType dtype, int size, double sigma) {
    double[] places = new double[size];
    double own = rounded(dtype, sigma)[0];
    Arrays.setAll(places, i -> (i - (size - 1) / 2.0) / own);
    double[] squares = rounded(dtype, mapped(rounded(dtype, places), x -> x * x));
    double[] weights = rounded(dtype, mapped(squares, x -> Math.exp(-0.5 * x)));
    double sum = rounded(dtype, Arrays.stream(weights).sum())[0];
    return rounded(dtype, mapped(weights, weight -> weight / sum));
  }

  private static double[] mapped(double[] numbers, DoubleUnaryOperator function) {
    return Arrays.stream(numbers).map(function).toArray();
  }

  private static double[] rounded(DataType dtype, double... numbers) {
    return Tensor.of(numbers, numbers.length).cast(dtype).doubles();
  }

  /** Row by row the products of all pairs. */
  private static double[] outer(double[] rows, double[] columns) {
    double[] products = new double[rows.length * columns.length];
    Arrays.setAll(products, i -> rows[i / columns.length] * columns[i % columns.length]);
    return products;
  }

  private static Value gaussianBlur(FunctionCall call) {
    Value images = call.floating("images");
    Value x = channelsLast(call, images);
    List<Integer> size = call.wholes("kernel_size");
    List<Double> sigma = call.numbers("sigma");
    Rules.require(
        size.size() == 2 && sigma.size() == 2 && size.get(0) > 0 && size.get(1) > 0,
        "'kernel_size' and 'sigma' must be pairs, are " + size + " and " + sigma);
    DataType dtype = x.type().dtype();
    // Keras 3.15 takes the filter of the one shape for one of the other, without turning it.
    double[] filter =
        outer(
            gaussian(dtype, size.get(1), sigma.get(1)), gaussian(dtype, size.get(0), sigma.get(0)));
    List<Integer> begin = size.stream().map(s -> (s - 1) / 2).toList();
    List<Integer> end = size.stream().map(s -> s - 1 - (s - 1) / 2).toList();
    Value blurred = filtered(call, x, size.get(0), size.get(1), Padding.of(begin, end), filter);
    return asBefore(call, blurred, images);
  }

  /** The slope down and across, along a new last axis. */
  private static Value sobelEdges(FunctionCall call) {
    Value images = call.floating("images");
    Rules.require(images.type().rank() == 4, "'images' must have 4 axes, is " + images.type());
    Value x = channelsLast(call, images);
    List<Long> margins = List.of(0L, 1L, 1L, 0L);
    Value padded = call.add("mirrored", new Pad(margins, margins, Pad.Mode.REFLECT, 0), x);
    Value slopes = filtered(call, padded, 3, 3, Padding.none(2), SOBEL_DOWN, SOBEL_ACROSS);
    List<DimSource> dims = new ArrayList<>();
    for (int axis = 0; axis < 4; axis++) {
      dims.add(DimSource.of(x.type().shape().dim(axis), 1, axis));
    }
    dims.add(new DimSource.Fixed(2));
    Value edges = call.add("edges", new Reshape(dims), slopes, x);
    return ImageFunctions.channelsFirst(call)
        ? call.add("edges", new Transpose(List.of(0, 3, 1, 2, 4)), edges)
        : edges;
  }

  /** The structural similarity of two images (Wang and others, 2004), the mean of all windows. */
  private static Value similarity(FunctionCall call) {
    Value images = call.tensor("image1");
    List<Value> operands = call.floating("image1", "image2");
    Value x = channelsLast(call, operands.get(0));
    Value y = channelsLast(call, operands.get(1));
    double peak = call.number("max_val");
    double low = Math.pow(call.number("k1") * peak, 2);
    double high = Math.pow(call.number("k2") * peak, 2);
    Value meanX = smoothed(call, x);
    Value meanY = smoothed(call, y);
    Value squareX = times(call, meanX, meanX);
    Value squareY = times(call, meanY, meanY);
    Value product = times(call, meanX, meanY);
    Value varianceX = call.binary(SUBTRACT, smoothed(call, times(call, x, x)), squareX);
    Value varianceY = call.binary(SUBTRACT, smoothed(call, times(call, y, y)), squareY);
    Value covariance = call.binary(SUBTRACT, smoothed(call, times(call, x, y)), product);
    Value alike =
        times(
            call,
            call.binary(ADD, call.binary(MULTIPLY, product, 2), low),
            call.binary(ADD, call.binary(MULTIPLY, covariance, 2), high));
    Value all =
        times(
            call,
            call.binary(ADD, call.binary(ADD, squareX, squareY), low),
            call.binary(ADD, call.binary(ADD, varianceX, varianceY), high));
    Reduce mean = new Reduce(Reduce.Function.MEAN, List.of(1, 2, 3), false);
    Value similarity = call.add("similarity", mean, call.binary(DIVIDE, alike, all));
    Value result =
        images.type().rank() == 3
            ? call.add("alone", new Squeeze(List.of(0)), similarity)
            : similarity;
    return call.cast(result, images.type().dtype());
  }

  private static Value times(FunctionCall call, Value x, Value y) {
    return call.binary(MULTIPLY, x, y);
  }

  private static Value smoothed(FunctionCall call, Value x) {
    int size = call.whole("filter_size");
    Rules.require(size > 0, "'filter_size' must be positive, is " + size);
    double[] weights = gaussian(x.type().dtype(), size, call.number("filter_sigma"));
    return filtered(call, x, size, size, Padding.none(2), outer(weights, weights));
  }
}
