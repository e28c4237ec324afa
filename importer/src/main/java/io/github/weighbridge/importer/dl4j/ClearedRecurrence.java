package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.Gru;
import io.github.weighbridge.core.layer.RecurrentLayer;
import io.github.weighbridge.core.layer.SimpleRnn;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.dl4j.dialect.Dl4jDialect;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recurrent layers that start anew behind a masked step, as DL4J's do, where Keras's go on with the
 * state before it. Three features more tell of masked steps ({@link MaskedSteps#marked}: this step
 * is one, that before it is one, that behind it is one), and close gates: a sigmoid of {@link
 * #CLOSED} is 0, and its gradient too, so that training leaves these weights alone.
 */
final class ClearedRecurrence {

  private static final double CLOSED = -10_000;

  private ClearedRecurrence() {}

  /** A layer that takes marked steps. */
  static Recurrence of(VertexReading vertex, boolean backwards) {
    Recurrence plain = Recurrence.of(vertex, backwards, false);
    if (plain.layer() instanceof SimpleRnn rnn) {
      boolean clears = vertex.config().flag(Dl4jDialect.MASK_CLEARS_STATE, true);
      return clears
          ? reset(rnn, plain, vertex.parameters())
          : marked(plain, vertex.parameters(), 0);
    }
    String gate = vertex.config().object("gateActivationFn").simpleClass();
    if (!gate.equals("ActivationSigmoid") && !gate.equals("ActivationHardSigmoid")) {
      throw vertex
          .config()
          .unsupported("gateActivationFn", "must be a sigmoid in a layer of masked steps");
    }
    // All gates but the candidate, which stands third.
    return marked(plain, vertex.parameters(), CLOSED, CLOSED, 0, CLOSED);
  }

  /** With weights of the first mark for each gate. */
  private static Recurrence marked(Recurrence plain, Parameters numbers, double... gates) {
    Map<String, WeightRef> weights = new LinkedHashMap<>(plain.weights());
    WeightRef kernel = plain.weight("kernel");
    int units = plain.layer().units();
    weights.put(
        "kernel",
        WeightRef.concatenated(
            0,
            List.of(
                kernel,
                row(numbers, units, gates),
                row(numbers, units, new double[gates.length]),
                row(numbers, units, new double[gates.length]))));
    return new Recurrence(plain.layer(), weights, plain.format());
  }

  /** {@code [1, gates units]} of one number for each gate. */
  private static WeightRef row(Parameters numbers, int units, double... gates) {
    return WeightRef.concatenated(
        1, Arrays.stream(gates).mapToObj(gate -> numbers.constant(gate, 1, units)).toList());
  }

  /**
   * A GRU whose update gate is closed and whose reset gate is open, but for a step behind a masked
   * one: {@code h = activation(x W + h R + b)} with no h there.
   */
  private static Recurrence reset(SimpleRnn rnn, Recurrence plain, Parameters numbers) {
    int units = rnn.units();
    WeightRef kernel = plain.weight("kernel");
    WeightRef recurrent = plain.weight("recurrent_kernel");
    WeightRef bias = plain.weight("bias");
    WeightRef none = row(numbers, units, 0, 0, 0);
    WeightRef closes = row(numbers, units, 0, 2 * CLOSED, 0);
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    weights.put(
        "kernel",
        WeightRef.concatenated(
            0,
            List.of(
                asCandidate(kernel),
                none,
                rnn.goBackwards() ? none : closes,
                rnn.goBackwards() ? closes : none)));
    weights.put("recurrent_kernel", asCandidate(recurrent));
    weights.put(
        "bias",
        WeightRef.concatenated(
            0, List.of(numbers.constant(CLOSED, units), numbers.constant(-CLOSED, units), bias)));
    return new Recurrence(gru(rnn), weights, plain.format());
  }

  /** A kernel of the third gate, with zeros for both others. */
  private static WeightRef asCandidate(WeightRef kernel) {
    long[] sizes = kernel.type().shape().sizes();
    WeightRef zeros = WeightRef.filled(kernel.dtype(), 0, sizes);
    return WeightRef.concatenated(1, List.of(zeros, zeros, kernel));
  }

  private static RecurrentLayer gru(SimpleRnn rnn) {
    return new Gru(
        rnn.units(),
        rnn.activation(),
        Activation.of("sigmoid"),
        true,
        false,
        rnn.returnSequences(),
        false,
        rnn.goBackwards(),
        false,
        false,
        false,
        false,
        false,
        rnn.kernelInitializer(),
        rnn.recurrentInitializer(),
        rnn.biasInitializer(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        0,
        null);
  }
}
