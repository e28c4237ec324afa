package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Attention;
import java.util.List;

/**
 * Attention to AttentionVertex, which divides scores by the root of the features: queries are
 * multiplied by it first.
 */
final class AttentionWriter implements LayerWriter<Attention> {

  @Override
  public ChannelRule channels(Attention layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(Attention layer, LayerCall call) {
    AttentionSequences sequences = new AttentionSequences(call);
    List<Edge> inputs = call.inputs();
    boolean plain =
        call.require(
            layer.scoreMode() == Attention.ScoreMode.DOT && !layer.causal(),
            "must score by products, and not be told which values a query may take",
            layer.causal() ? "causal=True" : "score_mode concat");
    if (!sequences.areAll(inputs, true) || !plain) {
      return call.input();
    }
    sequences.tellDropout(layer.dropout());
    Edge query = inputs.get(0);
    Edge value = inputs.get(1);
    Edge key = inputs.get(inputs.size() - 1);
    long size = query.type().shape().dim(-1).size();
    long valueSize = value.type().shape().dim(-1).size();
    String values = sequences.sequence("/values", value);
    String attended =
        sequences.attended(
            "/attended",
            queries(layer, sequences, query, call),
            inputs.size() == 2 ? values : sequences.sequence("/keys", key),
            values,
            size,
            valueSize);
    return sequences.output(sequences.halved(attended));
  }

  private static String queries(
      Attention layer, AttentionSequences sequences, Edge query, LayerCall call) {
    double root = Math.sqrt((double) query.type().shape().dim(-1).size());
    if (!layer.useScale()) {
      return call.network()
          .vertex(
              call.name() + "/scaled",
              Vertices.scale(root),
              List.of(sequences.sequence("/queries", query)));
    }
    Rows rows = sequences.rows("/query_rows", query);
    Rows scaled = rows.times("/scaled", rows.weight("", call.weight("scale").reshaped(1)));
    return sequences.sequence("/queries", scaled.times("/product", root));
  }
}
