package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.BatchNormalization;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;

/**
 * BatchNormalization. Parameters: gamma, beta, mean, variance. DL4J takes the channels of a
 * sequence or an image; other axes and ranks are turned or reshaped to that and back.
 */
final class BatchNormalizationWriter implements LayerWriter<BatchNormalization> {

  @Override
  public String write(BatchNormalization layer, LayerCall call) {
    Shape shape = call.inputShape();
    int rank = shape.rank();
    int axis = layer.axis() < 0 ? layer.axis() + rank : layer.axis();
    if (!call.require(rank >= 2 && axis > 0, "must have an axis behind the batch", layer.axis())) {
      return call.input();
    }
    if (rank == 4 && axis == 1) {
      return call.layer(config(layer, call, "NCHW"), parameters(layer, call));
    }
    if (rank <= 4 && axis == rank - 1) {
      return call.layer(config(layer, call, "NHWC"), parameters(layer, call));
    }
    if (!call.require(
        shape.slice(1, rank).isFixed(),
        "must have its axis last, or an input of known sizes",
        shape)) {
      return call.input();
    }
    return reshaped(layer, call, axis);
  }

  /** As [batch, before, axis, behind], turned to [batch, before, behind, axis] and back. */
  private static String reshaped(BatchNormalization layer, LayerCall call, int axis) {
    Shape shape = call.inputShape();
    Dim batch = shape.dim(0);
    Dim before = Dim.of(shape.slice(1, axis).elementCount());
    Dim behind = Dim.of(shape.slice(axis + 1, shape.rank()).elementCount());
    Shape split = Shape.of(batch, before, shape.dim(axis), behind);
    String normalized =
        call.network()
            .layer(
                call.name() + "/normalized",
                config(layer, call, "NHWC"),
                parameters(layer, call),
                call.input(),
                PreProcessors.chain(
                    PreProcessors.reshape(shape, split), PreProcessors.permute(1, 3, 2)));
    return call.network()
        .preProcessor(
            call.name(),
            PreProcessors.chain(
                PreProcessors.permute(1, 3, 2), PreProcessors.reshape(split, shape)),
            normalized);
  }

  private static Dl4jObject config(BatchNormalization layer, LayerCall call, String format) {
    long size = call.weight("moving_mean").count();
    return call.templates()
        .feedForward("BatchNormalization", Activations.IDENTITY, size, size)
        .with("beta", 0.0)
        .with("cnn2DFormat", format)
        .with("cudnnAllowFallback", true)
        .with("decay", layer.momentum())
        .with("eps", layer.epsilon())
        .with("gamma", 1.0)
        .with("lockGammaBeta", false)
        .with("minibatch", true)
        .with("useLogStd", false);
  }

  private static List<WeightRef> parameters(BatchNormalization layer, LayerCall call) {
    WeightRef mean = call.weight("moving_mean");
    return List.of(
        layer.scale() ? call.weight("gamma") : WeightRef.filled(mean.dtype(), 1, mean.count()),
        layer.center() ? call.weight("beta") : WeightRef.filled(mean.dtype(), 0, mean.count()),
        mean,
        call.weight("moving_variance"));
  }
}
