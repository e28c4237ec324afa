package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.GravesLstm;
import io.github.weighbridge.core.layer.Lstm;
import io.github.weighbridge.core.layer.RecurrentLayer;
import io.github.weighbridge.core.layer.SimpleRnn;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A recurrent layer with its weights, not yet called.
 *
 * @param layer what it is
 * @param weights its own
 * @param format where DL4J has the features of sequences
 */
record Recurrence(RecurrentLayer layer, Map<String, WeightRef> weights, DataFormat format) {

  /**
   * LSTM, GravesLSTM or a direction of GravesBidirectionalLSTM, SimpleRnn; the last step of one.
   */
  static Recurrence of(VertexReading vertex, boolean backwards, boolean lastStep) {
    ConfigObject config = vertex.config();
    return switch (config.simpleClass()) {
      case "GravesLSTM", "GravesBidirectionalLSTM" -> gravesLstm(vertex, backwards, lastStep);
      case "LSTM" -> lstm(vertex, backwards, lastStep);
      case "SimpleRnn" -> simpleRnn(vertex, backwards, lastStep);
      case "LastTimeStep" -> of(vertex.within(config.object("underlying")), backwards, true);
      default ->
          throw config.unsupported(
              Dl4jVertex.CLASS, "must be a recurrent layer that is known here");
    };
  }

  /** One of its weights. */
  WeightRef weight(String weight) {
    return Objects.requireNonNull(weights.get(weight), weight);
  }

  /** Calls it on the first input. */
  Signal call(VertexReading vertex) {
    return vertex.stepsAgain(vertex.on("", vertex.steps(format), layer, weights), format);
  }

  /** Parameters: kernel and recurrent kernel column-major, bias; gates candidate, f, o, i. */
  private static Recurrence lstm(VertexReading vertex, boolean backwards, boolean lastStep) {
    ConfigObject config = vertex.config();
    WeightTerms terms = vertex.terms();
    int in = config.size("nin");
    int units = config.size("nout");
    long columns = 4L * units;
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    weights.put("kernel", gates(vertex.take(columns, in), units).transposed(1, 0));
    weights.put("recurrent_kernel", gates(vertex.take(columns, units), units).transposed(1, 0));
    weights.put("bias", gates(vertex.take(columns), units));
    Lstm layer =
        new Lstm(
            units,
            vertex.activation(),
            Activations.read(config.object("gateActivationFn")),
            true,
            !lastStep,
            false,
            backwards,
            false,
            false,
            false,
            false,
            false,
            config.number("forgetGateBiasInit", 0) == 1,
            terms.kernel(),
            terms.recurrent(),
            terms.bias(),
            terms.kernelRegularizer(),
            terms.kernelRegularizer(),
            terms.biasRegularizer(),
            null,
            terms.constraint("W", 0, 1),
            terms.constraint("RW", 0, 1),
            terms.constraint("b", 0),
            0,
            0,
            null);
    return new Recurrence(layer, weights, vertex.format("rnnDataFormat", "NCW"));
  }

  /**
   * Parameters: as of LSTM, but the recurrent kernel has three columns more, the peepholes of the
   * forget, output and input gate.
   */
  private static Recurrence gravesLstm(VertexReading vertex, boolean backwards, boolean lastStep) {
    ConfigObject config = vertex.config();
    WeightTerms terms = vertex.terms();
    int in = config.size("nin");
    int units = config.size("nout");
    long columns = 4L * units;
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    weights.put("kernel", gates(vertex.take(columns, in), units).transposed(1, 0));
    weights.put("recurrent_kernel", gates(vertex.take(columns, units), units).transposed(1, 0));
    WeightRef peepholes = vertex.take(3, units);
    weights.put("bias", gates(vertex.take(columns), units));
    weights.put("peephole_kernel", peepholes.gathered(0, 2, 0, 1));
    GravesLstm layer =
        new GravesLstm(
            units,
            vertex.activation(),
            Activations.read(config.object("gateActivationFn")),
            !lastStep,
            backwards,
            config.number("forgetGateBiasInit", 0) == 1,
            terms.kernel(),
            terms.recurrent(),
            terms.bias(),
            terms.kernelRegularizer(),
            terms.biasRegularizer());
    return new Recurrence(layer, weights, vertex.format("rnnDataFormat", "NCW"));
  }

  /** From DL4J's c, f, o, i along the first axis to Keras's i, f, c, o. */
  static WeightRef gates(WeightRef weight, int units) {
    WeightRef[] blocks = new WeightRef[4];
    for (int i = 0; i < 4; i++) {
      blocks[i] = weight.sliced(0, (long) i * units, (i + 1L) * units);
    }
    return WeightRef.concatenated(0, List.of(blocks[3], blocks[1], blocks[0], blocks[2]));
  }

  /** Parameters: kernel and recurrent kernel column-major, bias. */
  private static Recurrence simpleRnn(VertexReading vertex, boolean backwards, boolean lastStep) {
    ConfigObject config = vertex.config();
    if (config.flag("hasLayerNorm", false)) {
      throw config.unsupported("hasLayerNorm", "must be false in a recurrent layer");
    }
    WeightTerms terms = vertex.terms();
    int in = config.size("nin");
    int units = config.size("nout");
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    weights.put("kernel", vertex.takeMatrix(in, units));
    weights.put("recurrent_kernel", vertex.takeMatrix(units, units));
    weights.put("bias", vertex.take(units));
    SimpleRnn layer =
        new SimpleRnn(
            units,
            vertex.activation(),
            true,
            !lastStep,
            false,
            backwards,
            false,
            false,
            false,
            false,
            false,
            terms.kernel(),
            terms.recurrent(),
            terms.bias(),
            terms.kernelRegularizer(),
            terms.kernelRegularizer(),
            terms.biasRegularizer(),
            null,
            terms.constraint("W", 0, 1),
            terms.constraint("RW", 0, 1),
            terms.constraint("b", 0),
            0,
            0,
            null);
    return new Recurrence(layer, weights, vertex.format("rnnDataFormat", "NCW"));
  }
}
