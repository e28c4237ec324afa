package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.Dense;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;
import java.util.Map;

/**
 * VariationalAutoencoder, which gives the means of the hidden variables. Parameters: kernel and
 * bias of every layer of the encoder, of the means; then what only its own training needs: the
 * logarithms of the variances, the decoder and the distribution of the data.
 */
final class VariationalAutoencoderReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    int in = config.size("nin");
    int out = config.size("nout");
    Activation activation = vertex.activation();
    Activation means = Activations.read(config.object("pzxActivationFn"));
    Value value = vertex.array();
    int width = in;
    List<Integer> encoder = config.sizes("encoderLayerSizes");
    for (int i = 0; i < encoder.size(); i++) {
      value = dense(vertex, "_encoder_" + i, value, width, encoder.get(i), activation);
      width = encoder.get(i);
    }
    Value result = dense(vertex, "", value, width, out, means);
    skip(vertex, width, out);
    width = out;
    for (int size : config.sizes("decoderLayerSizes")) {
      skip(vertex, width, size);
      width = size;
    }
    skip(vertex, width, parameters(config.object("outputDistribution"), in));
    return Signal.same(result);
  }

  private static Value dense(
      VertexReading vertex, String suffix, Value input, int in, int out, Activation activation) {
    Dense layer = vertex.terms().dense(out, activation, true);
    Map<String, WeightRef> weights =
        VertexReading.kernelAndBias(vertex.takeMatrix(in, out), vertex.take(out));
    return vertex.call(suffix, layer, weights, input);
  }

  private static void skip(VertexReading vertex, int in, int out) {
    vertex.take(in, out);
    vertex.take(out);
  }

  /** How many numbers say how so many data are distributed. */
  private static int parameters(ConfigObject distribution, int data) {
    if (!distribution.given(Dl4jVertex.CLASS) && distribution.tree().members().size() == 1) {
      // Up to 1.0.0-alpha it stands within an object with its name as the key.
      String name = distribution.tree().members().keySet().iterator().next();
      Tree.Obj inner = distribution.object(name).tree();
      Tree.Obj named = inner.with(Dl4jVertex.CLASS, Tree.of(name));
      return parameters(new ConfigObject(named, distribution.place()), data);
    }
    return switch (distribution.simpleClass().replace("ReconstructionDistribution", "")) {
      case "Bernoulli", "Exponential", "LossFunctionWrapper", "LossWrapper" -> data;
      case "Gaussian" -> Math.multiplyExact(2, data);
      case "Composite" -> {
        List<ConfigObject> parts = distribution.objects("reconstructionDistributions");
        List<Integer> sizes = distribution.sizes("distributionSizes", parts.size());
        int sum = 0;
        for (int i = 0; i < parts.size(); i++) {
          sum = Math.addExact(sum, parameters(parts.get(i), sizes.get(i)));
        }
        yield sum;
      }
      default -> throw distribution.unsupported(Dl4jVertex.CLASS, "must be a distribution of DL4J");
    };
  }
}
