package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.GroupQueryAttention;

/** GroupQueryAttention, decomposed; see {@link AttentionHeads}. */
final class GroupQueryAttentionWriter implements LayerWriter<GroupQueryAttention> {

  @Override
  public ChannelRule channels(GroupQueryAttention layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(GroupQueryAttention layer, LayerCall call) {
    AttentionHeads heads =
        new AttentionHeads(
            layer.numQueryHeads(),
            layer.numKeyValueHeads(),
            layer.headDim(),
            layer.headDim(),
            layer.useGate());
    return call.require(
            layer.slidingWindow() == null,
            "must not be told which values a query may take",
            "sliding_window " + layer.slidingWindow())
        ? heads.write(call, true, layer.dropout())
        : call.input();
  }
}
