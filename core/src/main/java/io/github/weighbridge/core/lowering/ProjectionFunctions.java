package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.op.BinaryFunction.ADD;
import static io.github.weighbridge.core.op.BinaryFunction.DIVIDE;
import static io.github.weighbridge.core.op.BinaryFunction.EQUAL;
import static io.github.weighbridge.core.op.BinaryFunction.GREATER;
import static io.github.weighbridge.core.op.BinaryFunction.GREATER_EQUAL;
import static io.github.weighbridge.core.op.BinaryFunction.LESS;
import static io.github.weighbridge.core.op.BinaryFunction.LOGICAL_AND;
import static io.github.weighbridge.core.op.BinaryFunction.MULTIPLY;
import static io.github.weighbridge.core.op.BinaryFunction.SUBTRACT;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Images whose elements are those of another image at projected places (TensorFlow's {@code
 * ImageProjectiveTransformV3}): element {@code (x, y)} is that at {@code (a0 x + a1 y + a2, b0 x +
 * b1 y + b2) / (c0 x + c1 y + 1)}.
 */
final class ProjectionFunctions {

  private final FunctionCall call;
  private final Value image;
  private final int height;
  private final int width;

  /**
   * A call.
   *
   * @param image {@code [batch, height, width, channels]}
   */
  private ProjectionFunctions(FunctionCall call, Value image) {
    this.call = call;
    this.image = image;
    this.height = Math.toIntExact(call.knownSize(image, 1));
    this.width = Math.toIntExact(call.knownSize(image, 2));
  }

  static void addTo(FunctionTable table) {
    table.add(
        "AffineTransform(images, transform, interpolation='bilinear', fill_mode='constant',"
            + " fill_value=0, data_format=None)",
        ProjectionFunctions::affineTransform);
  }

  private static Value affineTransform(FunctionCall call) {
    Value images = ImageFunctions.images(call);
    boolean alone = images.type().rank() == 3;
    boolean channelsFirst = ImageFunctions.channelsFirst(call);
    Value batch = alone ? call.add("batch", new Unsqueeze(List.of(0)), images) : images;
    Value image = channelsFirst ? Shapes.moved(call, batch, 1, 3) : batch;
    Value transform = call.as(DataType.FLOAT32, "transform").get(0);
    Value rows =
        transform.type().rank() == 1
            ? call.add("rows", new Unsqueeze(List.of(0)), transform)
            : transform;
    Rules.require(
        rows.type().rank() == 2 && call.knownSize(rows, 1) == 8,
        "'transform' must have 8 numbers for each image, is " + transform.type());
    Value projected = new ProjectionFunctions(call, image).projected(rows);
    Value turned = channelsFirst ? Shapes.moved(call, projected, 3, 1) : projected;
    return alone ? call.add("alone", new Squeeze(List.of(0)), turned) : turned;
  }

  /** In single precision; whole numbers are cut off again. */
  private Value projected(Value transform) {
    List<Value> factors = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      factors.add(call.add("factor", Slice.of(1, i, i + 1L), transform));
    }
    float[] across = new float[height * width];
    float[] down = new float[height * width];
    for (int i = 0; i < across.length; i++) {
      across[i] = i % width;
      down[i] = Math.floorDiv(i, width);
    }
    Value x = call.constant("x", Tensor.of(across, 1, across.length));
    Value y = call.constant("y", Tensor.of(down, 1, down.length));
    Value divisor = call.binary(ADD, weighed(factors.get(6), x, factors.get(7), y), 1);
    Value ownX = mapped(place(factors, 0, x, y, divisor), width);
    Value ownY = mapped(place(factors, 3, x, y, divisor), height);
    Value found =
        switch (call.text("interpolation")) {
          case "nearest" -> at(rounded(ownX), rounded(ownY));
          case "bilinear" -> between(ownX, ownY);
          default ->
              throw call.unsupported(
                  "'interpolation' must be nearest or bilinear", call.text("interpolation"));
        };
    Value nowhere = call.add("nowhere", new Unsqueeze(List.of(2)), call.binary(EQUAL, divisor, 0));
    Value result = FloatingPoint.replaced(call, nowhere, call.number("fill_value"), found);
    Value numbers = call.add("projected", Shapes.like(image.type().shape(), 1), result, image);
    return call.cast(numbers, image.type().dtype());
  }

  private Value weighed(Value a, Value x, Value b, Value y) {
    return call.binary(ADD, call.binary(MULTIPLY, a, x), call.binary(MULTIPLY, b, y));
  }

  private Value place(List<Value> factors, int first, Value x, Value y, Value divisor) {
    Value sum = weighed(factors.get(first), x, factors.get(first + 1), y);
    return call.binary(DIVIDE, call.binary(ADD, sum, factors.get(first + 2)), divisor);
  }

  /** Half a place counts as one, away from 0. */
  private Value rounded(Value place) {
    Value size = call.binary(ADD, call.unary(UnaryFunction.ABS, place), 0.5);
    Value whole = call.unary(UnaryFunction.FLOOR, size);
    return call.binary(MULTIPLY, call.unary(UnaryFunction.SIGN, place), whole);
  }

  private Value between(Value x, Value y) {
    Value left = call.unary(UnaryFunction.FLOOR, x);
    Value above = call.unary(UnaryFunction.FLOOR, y);
    Value right = call.binary(ADD, left, 1);
    Value below = call.binary(ADD, above, 1);
    Value top = mixed(x, left, at(left, above), at(right, above));
    Value bottom = mixed(x, left, at(left, below), at(right, below));
    return mixed(y, above, top, bottom);
  }

  private Value mixed(Value place, Value before, Value first, Value second) {
    Value share =
        call.add("share", new Unsqueeze(List.of(2)), call.binary(SUBTRACT, place, before));
    Value rest = call.binary(SUBTRACT, call.scalar("one", DataType.FLOAT32, 1), share);
    return call.binary(
        ADD, call.binary(MULTIPLY, rest, first), call.binary(MULTIPLY, share, second));
  }

  /** The elements at whole places, {@code [batch, places, channels]}; others are filled. */
  private Value at(Value x, Value y) {
    Value inside = call.binary(LOGICAL_AND, inside(x, width), inside(y, height));
    Value row = call.binary(MULTIPLY, clamped(y, height), width);
    Value index = call.cast(call.binary(ADD, row, clamped(x, width)), DataType.INT64);
    Value before =
        call.binary(SUBTRACT, call.cast(Positions.along(call, image, 0, 1), DataType.INT64), 1);
    Value first = call.binary(MULTIPLY, before, (double) height * width);
    long channels = call.knownSize(image, 3);
    Value pixels =
        call.add(
            "pixels",
            new Reshape(List.of(new DimSource.Rest(), new DimSource.Fixed(channels))),
            call.cast(image, DataType.FLOAT32));
    Value elements = call.add("elements", new Gather(0, 0), pixels, call.binary(ADD, first, index));
    Value known = call.add("inside", new Unsqueeze(List.of(2)), inside);
    Value fill = call.scalar("fill", DataType.FLOAT32, call.number("fill_value"));
    return call.add("filled", new Where(), known, elements, fill);
  }

  private Value inside(Value place, int size) {
    return call.binary(
        LOGICAL_AND, call.binary(GREATER_EQUAL, place, 0), call.binary(LESS, place, size));
  }

  private Value clamped(Value place, int size) {
    return call.add("clamped", new Unary(UnaryFunction.CLIP, 0, size - 1.0), place);
  }

  /** Places outside of the image as the fill mode has them within it. */
  private Value mapped(Value place, int size) {
    return switch (call.text("fill_mode")) {
      case "constant" -> place;
      case "nearest" -> clamped(place, size);
      case "reflect" -> clamped(size > 1 ? reflected(place, size) : place, size);
      case "wrap" -> clamped(size > 1 ? wrapped(place, size) : place, size);
      default ->
          throw call.unsupported(
              "'fill_mode' must be constant, nearest, reflect or wrap", call.text("fill_mode"));
    };
  }

  /** How often a length goes whole into a place. */
  private Value turns(Value place, double length) {
    return call.unary(UnaryFunction.TRUNC, call.binary(DIVIDE, place, length));
  }

  private Value where(Value condition, Value yes, Value no) {
    return call.add("mapped", new Where(), condition, yes, no);
  }

  private Value negative(Value x) {
    return call.unary(UnaryFunction.NEGATE, x);
  }

  private Value reflected(Value place, int size) {
    double twice = 2.0 * size;
    Value back = call.binary(MULTIPLY, turns(negative(place), twice), twice);
    Value before = call.binary(ADD, back, place);
    Value fromStart =
        where(
            call.binary(LESS, before, -size),
            call.binary(ADD, before, twice),
            call.binary(SUBTRACT, negative(before), 1));
    Value behind = call.binary(SUBTRACT, place, call.binary(MULTIPLY, turns(place, twice), twice));
    Value fromEnd =
        where(
            call.binary(GREATER_EQUAL, behind, size),
            call.binary(ADD, negative(behind), twice - 1),
            behind);
    return outside(place, size, fromStart, fromEnd);
  }

  private Value wrapped(Value place, int size) {
    Value forth = call.binary(ADD, turns(negative(place), size - 1.0), 1);
    Value fromEnd = call.binary(ADD, place, call.binary(MULTIPLY, forth, size));
    Value back = call.binary(MULTIPLY, turns(place, size - 1.0), size);
    return outside(place, size, fromEnd, call.binary(SUBTRACT, place, back));
  }

  private Value outside(Value place, int size, Value before, Value behind) {
    Value end = where(call.binary(GREATER, place, size - 1.0), behind, place);
    return where(call.binary(LESS, place, 0), before, end);
  }
}
