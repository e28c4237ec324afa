package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.EinsumDense;
import io.github.weighbridge.core.layer.EinsumEquation;
import io.github.weighbridge.core.layer.Reshape;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.dl4j.dialect.Dl4jDialect;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * CapsuleLayer: every capsule of the input makes a guess at every capsule of the layer; guesses
 * that agree with what came out of all count more in the next round. Parameters: kernel {@code [1,
 * inputCapsules, capsules size, inputSize, 1]}, bias {@code [1, 1, capsules, size, 1]}.
 */
final class CapsuleReader implements VertexReader {

  /** Every round is several calls. */
  private static final int MOST_ROUNDS = 100;

  private static final Tree.Obj NONE = Tree.object();

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    int rounds = config.size("routings");
    if (rounds == 0 || rounds > MOST_ROUNDS) {
      throw config.unsupported("routings", "must be from 1 to " + MOST_ROUNDS);
    }
    int count = config.size("capsules");
    Value guesses = guesses(vertex, config.size("inputCapsules"), count);
    Optional<LayerId> bias = bias(vertex);
    Value sum = vertex.function("Sum", NONE.with("axis", Tree.of(1)), guesses);
    if (!config.flag(Dl4jDialect.ROUTES_BY_AGREEMENT, true)) {
      return Signal.same(capsules(vertex, sum, bias));
    }
    // Before the first round all count the same.
    Value mean = vertex.function("Multiply", NONE, sum, 1.0 / count);
    Value result = capsules(vertex, mean, bias);
    Optional<Value> agreement = Optional.empty();
    for (int round = 1; round < rounds; round++) {
      Value more = einsum(vertex, "bicd,bcd->bic", guesses, result);
      Value all =
          agreement.isPresent() ? vertex.function("Add", NONE, agreement.get(), more) : more;
      agreement = Optional.of(all);
      Value shares = vertex.function("Softmax", NONE, all);
      result = capsules(vertex, einsum(vertex, "bic,bicd->bcd", shares, guesses), bias);
    }
    return Signal.same(result);
  }

  /** {@code [batch, inputCapsules, capsules, size]}. */
  private static Value guesses(VertexReading vertex, int from, int count) {
    ConfigObject config = vertex.config();
    int size = config.size("capsuleDimensions");
    int all = Math.multiplyExact(count, size);
    WeightRef kernel = vertex.take(from, all, config.size("inputCapsuleDimensions"));
    WeightTerms terms = vertex.terms();
    EinsumDense layer =
        new EinsumDense(
            List.of(from, all),
            EinsumEquation.parse("bik,iok->bio"),
            Activation.LINEAR,
            null,
            terms.kernel(),
            WeightTerms.zeros(),
            terms.kernelRegularizer(),
            null,
            null,
            null,
            null,
            null);
    Value flat = vertex.call("_products", layer, Map.of("kernel", kernel), vertex.array());
    return vertex.call("_guesses", new Reshape(List.of(from, count, size)), flat);
  }

  private static Optional<LayerId> bias(VertexReading vertex) {
    ConfigObject config = vertex.config();
    return config.flag("hasBias", false)
        ? Optional.of(
            vertex.add(
                "_bias",
                Biases.layer(),
                Biases.weights(
                    vertex.take(
                        (long) config.size("capsules") * config.size("capsuleDimensions")))))
        : Optional.empty();
  }

  /** The capsules of a round, of the sums {@code [batch, capsules, size]} of what they got. */
  private static Value capsules(VertexReading vertex, Value sum, Optional<LayerId> bias) {
    Value biased = sum;
    if (bias.isPresent()) {
      List<Integer> sizes =
          List.of(vertex.config().size("capsules"), vertex.config().size("capsuleDimensions"));
      Value flat = vertex.call("_flat", new Reshape(List.of(-1)), sum);
      Value added = vertex.call(bias.get(), Arguments.of(List.of(flat)));
      biased = vertex.call("_biased", new Reshape(sizes), added);
    }
    return Capsules.squashed(vertex, biased);
  }

  private static Value einsum(VertexReading vertex, String equation, Value x, Value y) {
    return vertex.function("Einsum", NONE.with("subscripts", Tree.of(equation)), x, y);
  }
}
