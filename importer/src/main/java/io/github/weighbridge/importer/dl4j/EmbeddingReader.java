package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Embedding;
import io.github.weighbridge.core.layer.Reshape;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;
import java.util.Map;

/**
 * EmbeddingLayer, of one index for each sample, and EmbeddingSequenceLayer. Parameters: the table,
 * column-major, and the bias.
 */
final class EmbeddingReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    boolean sequence = config.simpleClass().equals("EmbeddingSequenceLayer");
    int in = config.size("nin");
    int out = config.size("nout");
    WeightTerms terms = vertex.terms();
    Map<String, WeightRef> weights = Map.of("embeddings", vertex.takeMatrix(in, out));
    boolean hasBias = config.flag("hasBias", !sequence);
    WeightRef bias = hasBias ? vertex.take(out) : null;
    Embedding layer =
        new Embedding(
            in,
            out,
            terms.kernel(),
            terms.kernelRegularizer(),
            null,
            terms.constraint("W", 0, 1),
            false,
            null);
    Value indices = vertex.array();
    vertex.requireRank(vertex.input(), 2);
    boolean alone = bias == null && sequence;
    Value looked = vertex.call(alone ? "" : "_embeddings", layer, weights, indices);
    if (!sequence) {
      looked = vertex.call(bias == null ? "" : "_vector", new Reshape(List.of(out)), looked);
    }
    if (bias != null) {
      looked = vertex.call("_bias", Biases.layer(), Biases.weights(bias), looked);
    }
    DataFormat format = sequence ? vertex.format("outputFormat", "NCW") : DataFormat.CHANNELS_LAST;
    Signal signal = VertexReading.sequence(looked, format);
    return config.given("activationFn") ? vertex.activated(signal, vertex.activation()) : signal;
  }
}
