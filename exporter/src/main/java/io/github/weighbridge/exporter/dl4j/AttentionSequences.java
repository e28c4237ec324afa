package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * The sequences of an attention as DL4J's AttentionVertex has them, {@code [batch, features,
 * steps]}, and what that computes of them: {@code softmax(query key / sqrt(features)) value}.
 */
final class AttentionSequences {

  private static final String FEATURES_FIRST = "NCW";

  private final LayerCall call;

  AttentionSequences(LayerCall call) {
    this.call = call;
  }

  /**
   * Whether a call has these sequences and nothing else that counts; else tells what it has.
   *
   * @param takesMasks whether masks count that come along
   */
  boolean areAll(List<Edge> tensors, boolean takesMasks) {
    List<TensorType> types = tensors.stream().map(Edge::type).toList();
    boolean rankThree =
        call.require(
            types.stream().allMatch(t -> t.rank() == 3 && t.shape().dim(-1).isFixed()),
            "must have inputs [batch, steps, features] of known features",
            types.stream().map(TensorType::shape).toList());
    boolean unmasked =
        call.require(
            !takesMasks || tensors.stream().noneMatch(Edge::masked),
            "must not depend on a mask, which DL4J's networks take from outside only",
            "a mask from a Masking layer or an Embedding with mask_zero");
    boolean alone =
        call.require(
            tensors.size() == call.tensors().size() && !call.arguments().isTrue("use_causal_mask"),
            "must not be told which values a query may take",
            call.arguments().keyword().keySet());
    boolean plain =
        call.require(
            !call.arguments().isTrue("return_attention_scores"),
            "must not return its scores",
            "return_attention_scores=True");
    return rankThree && unmasked && alone && plain;
  }

  /** Tells of dropout, of which DL4J's attention has none. */
  void tellDropout(double rate) {
    if (rate > 0) {
      call.drops("trains without dropout of its proportions", "dropout " + rate);
    }
  }

  /** The vectors of a sequence. */
  Rows rows(String step, Edge sequence) {
    String format = sequence.isTurned() ? FEATURES_FIRST : "NWC";
    return rows(step, format, sequence.vertex(), sequence.type().shape().dim(-1).size());
  }

  /** The vectors of a sequence that has its features first. */
  Rows rows(String step, String sequence, long size) {
    return rows(step, FEATURES_FIRST, sequence, size);
  }

  private Rows rows(String step, String format, String sequence, long size) {
    String vertex =
        call.network().preProcessor(call.name() + step, PreProcessors.rows(format), sequence);
    return new Rows(call, vertex, size);
  }

  /** Vectors as a sequence with its features first. */
  String sequence(String step, Rows rows) {
    return call.network()
        .preProcessor(call.name() + step, PreProcessors.steps(FEATURES_FIRST), rows.vertex());
  }

  /** A sequence with its features first. */
  String sequence(String step, Edge sequence) {
    return sequence.isTurned()
        ? sequence.vertex()
        : call.network()
            .preProcessor(call.name() + step, PreProcessors.permute(2, 1), sequence.vertex());
  }

  /**
   * An attention of one head, all sequences having their features first.
   *
   * @param size the features of queries and keys
   * @param valueSize those of values
   */
  String attended(String step, String query, String key, String value, long size, long valueSize) {
    Dl4jObject config =
        Vertices.of("AttentionVertex")
            .with("biasUpdater", null)
            .with("gradientNormalization", "None")
            .with("gradientNormalizationThreshold", 1.0)
            .with("headSize", size)
            .with("layerName", call.name() + step)
            .with("name", call.name() + step)
            .with("nheads", 1)
            .with("ninKeys", size)
            .with("ninQueries", size)
            .with("ninValues", valueSize)
            .with("nout", valueSize)
            .with("projectInput", false)
            .with("regularization", List.of())
            .with("regularizationBias", List.of())
            .with("updater", call.templates().updater())
            .with("weightInit", "XAVIER");
    return call.network().vertex(call.name() + step, config, List.of(query, key, value));
  }

  /**
   * What attentions gave, whose gradient DL4J 1.0.0-M2.1 hands on twice: one half of it comes from
   * where no gradient goes back.
   */
  String halved(String attended) {
    NetworkBuilder network = call.network();
    Dl4jObject half = Vertices.scale(0.5);
    String trained = network.vertex(call.name() + "/trained", half, List.of(attended));
    String constant =
        network.vertex(call.name() + "/constant", Vertices.frozen(half), List.of(attended));
    return network.vertex(
        call.name() + "/both", Vertices.elementWise("Add"), List.of(trained, constant));
  }

  /** Vectors as the call's output. */
  String output(Rows rows) {
    String format = call.sequenceFormat();
    return call.network().preProcessor(call.name(), PreProcessors.steps(format), rows.vertex());
  }

  /** A sequence with its features first as the call's output. */
  String output(String sequence) {
    return call.layout() == ArrayLayout.TURNED
        ? sequence
        : call.network().preProcessor(call.name(), PreProcessors.permute(2, 1), sequence);
  }
}
