package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;

/**
 * {@code gamma (x - mean) / sqrt(variance + epsilon) + beta} along an axis, by DL4J's
 * BatchNormalization. That takes the channels of a sequence or an image; other axes and ranks are
 * turned or reshaped to that and back.
 *
 * @param locked whether gamma and beta are 1 and 0, and no parameters
 * @param gamma of the size of the axis, as are the other weights
 * @param decay how much of the statistics a training step keeps
 */
record ChannelNormalization(
    boolean locked,
    WeightRef gamma,
    WeightRef beta,
    WeightRef mean,
    WeightRef variance,
    double epsilon,
    double decay) {

  /** Where its writers can have channels: of sequences DL4J normalises features that are last. */
  static ChannelRule channels(int rank) {
    return rank == 3 ? ChannelRule.AS_KERAS : ChannelRule.ANYWHERE;
  }

  /**
   * Writes it under the call's name, for the call's input.
   *
   * @param axis of the input's array
   */
  String write(LayerCall call, int axis) {
    Shape shape = call.inputShape();
    int rank = shape.rank();
    if (!call.require(rank >= 2 && axis > 0, "must have an axis behind the batch", axis)) {
      return call.input();
    }
    if (rank == 4 && axis == 1) {
      return call.layer(config(call, "NCHW"), parameters());
    }
    if (rank <= 4 && axis == rank - 1) {
      return call.layer(config(call, "NHWC"), parameters());
    }
    if (!call.require(
        shape.slice(1, rank).isFixed(),
        "must have its axis last, or an input of known sizes",
        shape)) {
      return call.input();
    }
    return reshaped(call, axis);
  }

  /** As [batch, before, axis, behind], turned to [batch, before, behind, axis] and back. */
  private String reshaped(LayerCall call, int axis) {
    Shape shape = call.inputShape();
    Dim batch = shape.dim(0);
    Dim before = Dim.of(shape.slice(1, axis).elementCount());
    Dim behind = Dim.of(shape.slice(axis + 1, shape.rank()).elementCount());
    Shape split = Shape.of(batch, before, shape.dim(axis), behind);
    String normalized =
        call.network()
            .layer(
                call.name() + "/normalized",
                config(call, "NHWC"),
                parameters(),
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

  private Dl4jObject config(LayerCall call, String format) {
    return call.templates()
        .feedForward("BatchNormalization", Activations.IDENTITY, mean.count(), mean.count())
        .with("beta", 0.0)
        .with("cnn2DFormat", format)
        .with("cudnnAllowFallback", true)
        .with("decay", decay)
        .with("eps", epsilon)
        .with("gamma", 1.0)
        .with("lockGammaBeta", locked)
        .with("minibatch", true)
        .with("useLogStd", false);
  }

  private List<WeightRef> parameters() {
    return locked ? List.of(mean, variance) : List.of(gamma, beta, mean, variance);
  }
}
