package io.github.weighbridge.core.pass;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.BatchNormalization;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.ConvTranspose;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A batch normalisation right behind a convolution or a dense layer goes into its weights: with
 * {@code s = gamma / sqrt(variance + epsilon)} the kernel becomes {@code kernel s} and the bias
 * {@code (bias - mean) s + beta}.
 */
final class FoldBatchNormalization implements Pass {

  @Override
  public Graph apply(Graph graph) {
    Rewriter rewriter = new Rewriter(graph);
    for (Step step : graph.steps()) {
      if (!fold(step, rewriter)) {
        rewriter.copy(step);
      }
    }
    return new RemoveDead().apply(rewriter.build());
  }

  private static boolean fold(Step step, Rewriter rewriter) {
    if (!(step.op() instanceof BatchNormalization normalization)
        || rewriter.uses(step.operand(0)) != 1) {
      return false;
    }
    List<WeightRef> statistics = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      rewriter.constant(step.operand(i)).ifPresent(statistics::add);
    }
    Optional<Step> maker = rewriter.maker(step.operand(0));
    if (maker.isEmpty() || statistics.size() != 4) {
      return false;
    }
    Affine affine = Affine.of(statistics, normalization.epsilon());
    boolean last = normalization.axis() == step.output().type().rank() - 1;
    if (maker.get().op() instanceof Conv conv && conv.channelAxis() == normalization.axis()) {
      return foldConv(step, maker.get(), affine, conv.window().rank() + 1, rewriter);
    }
    if (maker.get().op() instanceof ConvTranspose conv
        && conv.channelAxis() == normalization.axis()) {
      return foldConv(step, maker.get(), affine, conv.window().rank(), rewriter);
    }
    return last && foldDense(step, maker.get(), affine, rewriter);
  }

  private static boolean foldConv(
      Step step, Step conv, Affine affine, int outAxis, Rewriter rewriter) {
    Optional<WeightRef> kernel = rewriter.constant(conv.operand(1));
    Value bias = conv.operandOrNull(2);
    if (kernel.isEmpty() || (bias != null && rewriter.constant(bias).isEmpty())) {
      return false;
    }
    GraphBuilder builder = rewriter.builder();
    Value newKernel =
        builder.constant(conv.operand(1).name(), kernel.get().scaled(outAxis, affine.scale()));
    Value newBias =
        builder.constant(step.name() + "/bias", affine.bias(rewriter.constant(bias).orElse(null)));
    rewriter.put(
        step.output(),
        builder.add(conv.name(), conv.op(), rewriter.copy(conv.operand(0)), newKernel, newBias));
    return true;
  }

  /** A product with a constant matrix, with or without a constant added. */
  private static boolean foldDense(Step step, Step maker, Affine affine, Rewriter rewriter) {
    Step product = maker;
    WeightRef bias = null;
    if (maker.op() instanceof Binary binary && binary.function() == BinaryFunction.ADD) {
      bias = rewriter.constant(maker.operand(1)).orElse(null);
      Optional<Step> before = rewriter.maker(maker.operand(0));
      if (bias == null
          || bias.type().rank() != 1
          || before.isEmpty()
          || rewriter.uses(maker.operand(0)) != 1) {
        return false;
      }
      product = before.get();
    }
    if (!(product.op() instanceof MatMul)) {
      return false;
    }
    Optional<WeightRef> kernel = rewriter.constant(product.operand(1));
    if (kernel.isEmpty()
        || kernel.get().type().rank() != 2
        || kernel.get().sizes()[1] != affine.scale().count()) {
      return false;
    }
    GraphBuilder builder = rewriter.builder();
    Value newKernel =
        builder.constant(product.operand(1).name(), kernel.get().scaled(1, affine.scale()));
    Value multiplied =
        builder.add(product.name(), product.op(), rewriter.copy(product.operand(0)), newKernel);
    Value newBias = builder.constant(step.name() + "/bias", affine.bias(bias));
    rewriter.put(
        step.output(),
        builder.add(step.name(), new Binary(BinaryFunction.ADD), multiplied, newBias));
    return true;
  }

  /** The normalisation as {@code scale x + shift}; vectors that are computed when read. */
  private record Affine(
      WeightRef scale,
      WeightRef gamma,
      WeightRef beta,
      WeightRef mean,
      WeightRef variance,
      double epsilon) {

    static Affine of(List<WeightRef> statistics, double epsilon) {
      WeightRef gamma = statistics.get(0);
      WeightRef variance = statistics.get(3);
      WeightRef scale =
          WeightRef.mapped(
              gamma.dtype(), e -> e[0] / Math.sqrt(e[1] + epsilon), List.of(gamma, variance));
      return new Affine(scale, gamma, statistics.get(1), statistics.get(2), variance, epsilon);
    }

    WeightRef bias(@Nullable WeightRef old) {
      double eps = epsilon;
      if (old == null) {
        return WeightRef.mapped(
            gamma.dtype(),
            e -> e[1] - e[2] * (e[0] / Math.sqrt(e[3] + eps)),
            List.of(gamma, beta, mean, variance));
      }
      return WeightRef.mapped(
          gamma.dtype(),
          e -> e[1] + (e[4] - e[2]) * (e[0] / Math.sqrt(e[3] + eps)),
          List.of(gamma, beta, mean, variance, old));
    }
  }
}
