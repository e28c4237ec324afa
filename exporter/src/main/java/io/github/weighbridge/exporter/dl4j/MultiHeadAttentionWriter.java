package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.MultiHeadAttention;

/** MultiHeadAttention along the steps of sequences, decomposed; see {@link AttentionHeads}. */
final class MultiHeadAttentionWriter implements LayerWriter<MultiHeadAttention> {

  @Override
  public ChannelRule channels(MultiHeadAttention layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(MultiHeadAttention layer, LayerCall call) {
    boolean plain =
        call.require(
            layer.slidingWindow() == null,
            "must not be told which values a query may take",
            "sliding_window " + layer.slidingWindow());
    boolean vectors =
        call.require(
            layer.outputShape() == null || layer.outputShape().size() == 1,
            "must have an output_shape of one size",
            String.valueOf(layer.outputShape()));
    boolean steps =
        call.require(
            layer.attentionRank(call.inputShape().rank()) == 1,
            "must mix values along one axis",
            String.valueOf(layer.attentionAxes()));
    return plain && vectors && steps
        ? new AttentionHeads(
                layer.numHeads(),
                layer.numHeads(),
                layer.keyDim(),
                layer.headSize(),
                layer.useGate())
            .write(call, layer.takesMasks(), layer.dropout())
        : call.input();
  }
}
