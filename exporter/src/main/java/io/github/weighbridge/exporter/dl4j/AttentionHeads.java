package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Attention of several heads: DenseLayers into the heads, an AttentionVertex for each, a DenseLayer
 * out of them.
 *
 * @param queryHeads how many there are
 * @param keyHeads how many heads of keys and values they share, neighbours one
 * @param size the features of queries and keys in a head
 * @param valueSize those of values
 * @param useGate whether what the heads give is multiplied by a sigmoid of the query
 */
record AttentionHeads(int queryHeads, int keyHeads, int size, int valueSize, boolean useGate) {

  /** Writes a call with a query, a value and possibly a key. */
  String write(LayerCall call, boolean takesMasks, double dropout) {
    AttentionSequences sequences = new AttentionSequences(call);
    Optional<Edge> query = call.tensor("query", 0);
    Optional<Edge> value = call.tensor("value", 1);
    Optional<Edge> key = call.tensor("key", 2);
    List<Edge> given = Stream.of(query, value, key).flatMap(Optional::stream).toList();
    if (!sequences.areAll(given, takesMasks) || query.isEmpty() || value.isEmpty()) {
      return call.tensors().get(0).vertex();
    }
    sequences.tellDropout(dropout);
    Rows queries = sequences.rows("/query_rows", query.get());
    Rows values = sequences.rows("/value_rows", value.get());
    Rows keys = key.isPresent() ? sequences.rows("/key_rows", key.get()) : values;
    String attended =
        attended(
            call,
            sequences,
            sequences.sequence("/queries", into("query", queries)),
            sequences.sequence("/keys", into("key", keys)),
            sequences.sequence("/values", into("value", values)));
    Rows heads =
        sequences.rows("/heads", sequences.halved(attended), (long) queryHeads * valueSize);
    if (useGate) {
      Rows gate = into("gate", queries).activated("/gate_sigmoid", Activations.SIGMOID);
      heads = heads.times("/gated", gate);
    }
    WeightRef kernel = call.weight("output_kernel");
    return sequences.output(
        heads.dense(
            "/output",
            kernel.reshaped(heads.size(), kernel.count() / heads.size()),
            bias(call, "output")));
  }

  /** A product with a kernel {@code [in, heads, features]}: every head's features in turn. */
  private static Rows into(String name, Rows rows) {
    WeightRef kernel = rows.call().weight(name + "_kernel");
    return rows.dense(
        "/" + name,
        kernel.reshaped(rows.size(), kernel.count() / rows.size()),
        bias(rows.call(), name));
  }

  private static Optional<WeightRef> bias(LayerCall call, String name) {
    return Optional.ofNullable(call.instance().weights().get(name + "_bias"))
        .map(bias -> bias.reshaped(bias.count()));
  }

  private String attended(
      LayerCall call, AttentionSequences sequences, String queries, String keys, String values) {
    List<String> heads = new ArrayList<>();
    for (int head = 0; head < queryHeads; head++) {
      int shared = head / (queryHeads / keyHeads);
      heads.add(
          sequences.attended(
              "/head_" + head,
              part(call, "/query_" + head, queries, head, queryHeads, size),
              part(call, "/key_" + head, keys, shared, keyHeads, size),
              part(call, "/value_" + head, values, shared, keyHeads, valueSize),
              size,
              valueSize));
    }
    return heads.size() == 1
        ? heads.get(0)
        : call.network().vertex(call.name() + "/joined", Vertices.merge(1), heads);
  }

  /** The features of one head. */
  private static String part(
      LayerCall call, String step, String sequence, int head, int heads, int features) {
    return heads == 1
        ? sequence
        : call.network()
            .vertex(
                call.name() + step,
                Vertices.subset((long) head * features, features),
                List.of(sequence));
  }
}
