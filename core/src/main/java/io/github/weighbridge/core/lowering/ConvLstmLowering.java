package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.ConvLstm;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Scan} over the steps. The convolution of the images needs no state, so it is taken of
 * all steps at once before; in the loop stand the convolution of the state and the gates.
 */
final class ConvLstmLowering implements Lowering<ConvLstm> {

  @Override
  public Lowered lower(ConvLstm layer, LoweringContext context) {
    List<Value> states = context.initialStates();
    Value given = context.countingMask(states.isEmpty() || layer.maskedWithState());
    StepMask mask = given == null ? null : StepMask.of(layer, given, context);
    Value x = context.inputs().get(0);
    if (layer.goBackwards()) {
      x = context.add("reversed", Slice.reversed(1), x);
    }
    Value gates = inputGates(layer, x, context);
    List<Value> results = scan(layer, gates, states, mask, context);
    Value output = results.get(layer.returnSequences() ? 2 : 0);
    if (mask != null) {
      output = layer.returnSequences() ? mask.sequence(output) : mask.last(output);
    }
    return RecurrentLowering.returned(layer, output, results.subList(0, 2), context);
  }

  /** What the images give to the gates: {@code [batch, time, image of 4 filters]}. */
  private static Value inputGates(ConvLstm layer, Value x, LoweringContext context) {
    Value images = TimeAxis.joined(context, "images", x);
    Shape image = images.type().shape();
    Window window =
        Windows.of(
            image,
            layer.dataFormat(),
            layer.kernelSize(),
            layer.strides(),
            layer.dilationRate(),
            layer.padding());
    Conv conv = new Conv(window, 1, layer.dataFormat().channelAxis(image.rank()));
    Value bias = layer.useBias() ? context.weight("bias") : null;
    Value y = context.add("input_conv", conv, images, context.weight("kernel"), bias);
    return TimeAxis.apart(context, "gates", y, x);
  }

  /** The last h and c, then each step's h if they are asked for. */
  private static List<Value> scan(
      ConvLstm layer,
      Value gates,
      List<Value> states,
      @Nullable StepMask mask,
      LoweringContext context) {
    if (!states.isEmpty() && states.size() != 2) {
      throw new IllegalArgumentException("there are 2 states, got " + states.size());
    }
    Value zeros = states.isEmpty() ? zeros(layer, gates, context) : null;
    ScanBody body = new ScanBody(context);
    Value h = body.state("h", zeros == null ? states.get(0) : zeros);
    Value c = body.state("c", zeros == null ? states.get(1) : zeros);
    Value x = body.stepOf("x", gates);
    Value counts = mask == null ? null : body.stepOf("counts", mask.counts());
    Value kernel = body.seen("recurrent_kernel", context.weight("recurrent_kernel"));
    List<Value> next = new ArrayList<>();
    for (Value state : step(layer, h, c, x, kernel, body.context())) {
      Value before = next.isEmpty() ? h : c;
      next.add(counts == null ? state : StepMask.select(body.context(), counts, state, before));
    }
    if (layer.returnSequences()) {
      next.add(next.get(0));
    }
    return body.run(next);
  }

  /** The next h and c. */
  private static List<Value> step(
      ConvLstm layer, Value h, Value c, Value x, Value kernel, LoweringContext step) {
    Shape image = h.type().shape();
    List<Integer> ones = Collections.nCopies(layer.rank(), 1);
    Window window =
        Windows.of(
            image, layer.dataFormat(), layer.kernelSize(), ones, ones, layer.recurrentPadding());
    int channels = layer.dataFormat().channelAxis(image.rank());
    Value conv = step.add("conv", new Conv(window, 1, channels), h, kernel);
    Value sums = step.binary(BinaryFunction.ADD, x, conv);
    Value[] gates = new Value[4];
    for (int i = 0; i < 4; i++) {
      long from = (long) i * layer.filters();
      Slice gate = Slice.of(channels, from, from + layer.filters());
      gates[i] =
          Activations.apply(
              step,
              i == 2 ? layer.activation() : layer.recurrentActivation(),
              step.add("gate", gate, sums));
    }
    Value kept = step.binary(BinaryFunction.MULTIPLY, gates[1], c);
    Value added = step.binary(BinaryFunction.MULTIPLY, gates[0], gates[2]);
    Value nextC = step.binary(BinaryFunction.ADD, kept, added);
    Value shown = Activations.apply(step, layer.activation(), nextC);
    return List.of(step.binary(BinaryFunction.MULTIPLY, gates[3], shown), nextC);
  }

  /** A state of zeros, of the size of the images behind the convolution. */
  private static Value zeros(ConvLstm layer, Value gates, LoweringContext context) {
    Shape shape = gates.type().shape();
    int channels = layer.dataFormat().channelAxis(shape.rank() - 1) + 1;
    List<DimSource> dims = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (axis != 1) {
        dims.add(
            axis == channels
                ? new DimSource.Fixed(layer.filters())
                : DimSource.of(shape.dim(axis), 1, axis));
      }
    }
    Value zero = context.scalar("zero", context.computeType(), 0);
    return context.add("zeros", new Expand(dims), zero, gates);
  }
}
