package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.ADD;
import static io.github.weighbridge.core.op.BinaryFunction.DIVIDE;
import static io.github.weighbridge.core.op.BinaryFunction.EQUAL;
import static io.github.weighbridge.core.op.BinaryFunction.GREATER;
import static io.github.weighbridge.core.op.BinaryFunction.LESS;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Functions of the colours of images; the three channels stand along one axis. */
final class ColorFunctions {

  private ColorFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("HSVToRGB(images, data_format=None)", ColorFunctions::toRgb);
    table.add("RGBToGrayscale(images, data_format=None)", ColorFunctions::toGray);
    table.add("RGBToHSV(images, data_format=None)", ColorFunctions::toHsv);
  }

  private static int channelAxis(FunctionCall call, Value images) {
    return images.type().rank() - (ImageFunctions.channelsFirst(call) ? 3 : 1);
  }

  /** The three channels, each along an axis of size 1. */
  private static List<Value> channels(FunctionCall call, Value images) {
    int axis = channelAxis(call, images);
    Rules.require(
        images.type().dtype().isFloating(),
        "'images' must be floating-point numbers, is " + images.type());
    long count = call.knownSize(images, axis);
    Rules.require(count == 3, "images must have 3 channels, is " + images.type());
    List<Value> channels = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      channels.add(call.add("channel", Slice.of(axis, i, i + 1L), images));
    }
    return channels;
  }

  /** The weights of red, green and blue; whole numbers are rounded down again. */
  private static Value toGray(FunctionCall call) {
    Value x = ImageFunctions.images(call);
    int axis = channelAxis(call, x);
    long channels = call.knownSize(x, axis);
    Rules.require(
        channels == 1 || channels == 3, "images must have 1 or 3 channels, is " + x.type());
    if (channels == 1) {
      return x;
    }
    Value numbers = call.floating("images");
    long[] sizes = new long[x.type().rank() - axis];
    Arrays.fill(sizes, 1);
    sizes[0] = 3;
    DataType dtype = numbers.type().dtype();
    Tensor weights = Tensor.of(new double[] {0.2989, 0.5870, 0.1140}, sizes).cast(dtype);
    Value weighted = call.binary(MULTIPLY, numbers, call.constant("weights", weights));
    Reduce sum = new Reduce(Reduce.Function.SUM, List.of(axis), true);
    return call.cast(call.add("gray", sum, weighted), x.type().dtype());
  }

  /** Hue by the channel that is the largest, in turns; gray has the hue 0. */
  private static Value toHsv(FunctionCall call) {
    Value x = ImageFunctions.images(call);
    int axis = channelAxis(call, x);
    List<Value> channels = channels(call, x);
    Value red = channels.get(0);
    Value green = channels.get(1);
    Value blue = channels.get(2);
    Value value = call.add("value", new Reduce(Reduce.Function.MAX, List.of(axis), true), x);
    Value least = call.add("least", new Reduce(Reduce.Function.MIN, List.of(axis), true), x);
    Value range = call.binary(SUBTRACT, value, least);
    Value positive = call.binary(GREATER, value, 0);
    Value share = ComposedFunctions.divideNoNan(call, List.of(range, value));
    Value zero = call.scalar("zero", x.type().dtype(), 0);
    Value saturation = call.add("saturation", new Where(), positive, share, zero);

    Value fromRed = sixth(call, call.binary(SUBTRACT, green, blue), range, 0);
    Value fromGreen = sixth(call, call.binary(SUBTRACT, blue, red), range, 2);
    Value fromBlue = sixth(call, call.binary(SUBTRACT, red, green), range, 4);
    Value rest =
        call.add("hue", new Where(), call.binary(EQUAL, green, value), fromGreen, fromBlue);
    Value hue = call.add("hue", new Where(), call.binary(EQUAL, red, value), fromRed, rest);
    Value turned = call.binary(ADD, hue, 1);
    Value whole = call.add("hue", new Where(), call.binary(LESS, hue, 0), turned, hue);
    Value own = call.add("hue", new Where(), call.binary(GREATER, range, 0), whole, zero);
    return call.add("hsv", new Concat(axis), own, saturation, value);
  }

  /** {@code (difference / range + place) / 6}. */
  private static Value sixth(FunctionCall call, Value difference, Value range, int place) {
    Value share = ComposedFunctions.divideNoNan(call, List.of(difference, range));
    return call.binary(DIVIDE, place == 0 ? share : call.binary(ADD, share, place), 6);
  }

  private static Value toRgb(FunctionCall call) {
    Value x = ImageFunctions.images(call);
    List<Value> channels = channels(call, x);
    Value sixths = call.binary(MULTIPLY, channels.get(0), 6);
    Value red = limited(call, call.binary(SUBTRACT, distance(call, sixths, 3), 1));
    Value green = limited(call, below(call, distance(call, sixths, 2)));
    Value blue = limited(call, below(call, distance(call, sixths, 4)));
    List<Value> result = new ArrayList<>();
    for (Value color : List.of(red, green, blue)) {
      result.add(mixed(call, color, channels.get(1), channels.get(2)));
    }
    return call.add("rgb", new Concat(channelAxis(call, x)), result.toArray(Value[]::new));
  }

  private static Value distance(FunctionCall call, Value x, double place) {
    return call.unary(UnaryFunction.ABS, call.binary(SUBTRACT, x, place));
  }

  private static Value below(FunctionCall call, Value x) {
    return call.binary(SUBTRACT, call.scalar("two", x.type().dtype(), 2), x);
  }

  private static Value limited(FunctionCall call, Value x) {
    return call.add("limited", new Unary(UnaryFunction.CLIP, 0, 1), x);
  }

  /** {@code (1 - saturation + saturation color) value}. */
  private static Value mixed(FunctionCall call, Value color, Value saturation, Value value) {
    Value gray = call.binary(SUBTRACT, call.scalar("one", color.type().dtype(), 1), saturation);
    Value sum = call.binary(ADD, gray, call.binary(MULTIPLY, saturation, color));
    return call.binary(MULTIPLY, sum, value);
  }
}
