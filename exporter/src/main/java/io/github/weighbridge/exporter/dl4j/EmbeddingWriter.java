package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Embedding;

/** Embedding to EmbeddingSequenceLayer. Parameter: the table, column-major. */
final class EmbeddingWriter implements LayerWriter<Embedding> {

  @Override
  public ChannelRule channels(Embedding layer, int rank) {
    return ChannelRule.LAST;
  }

  @Override
  public String write(Embedding layer, LayerCall call) {
    if (!call.require(
        call.inputShape().rank() == 2, "must have an input [batch, steps]", call.inputShape())) {
      return call.input();
    }
    return call.layer(
        call.templates()
            .feedForward(
                "EmbeddingSequenceLayer", Activations.IDENTITY, layer.inputDim(), layer.outputDim())
            .with("hasBias", false)
            .with("inferInputLength", true)
            .with("inputLength", 1)
            .with("outputFormat", call.sequenceFormat()),
        call.weight("embeddings").transposed(1, 0));
  }
}
