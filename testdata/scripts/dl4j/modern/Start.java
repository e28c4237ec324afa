import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;

/** How networks begin and end in DL4J 1.0.0-alpha to 1.0.0-M2.1. */
final class Start {

  private Start() {}

  /** What every network shares. */
  static NeuralNetConfiguration.Builder builder() {
    return new NeuralNetConfiguration.Builder()
        .seed(42)
        .weightInit(WeightInit.XAVIER)
        .activation(Activation.TANH)
        .updater(new Adam(0.05));
  }

  /** Layers one behind the other; the type of the input sets sizes and preprocessors. */
  static MultiLayerConfiguration.Builder list(InputType input, Layer... layers) {
    return list(builder(), input, layers);
  }

  /** Layers one behind the other, with a builder of their own. */
  static MultiLayerConfiguration.Builder list(
      NeuralNetConfiguration.Builder builder, InputType input, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = builder.list();
    for (int i = 0; i < layers.length; i++) {
      list.layer(i, layers[i]);
    }
    if (input != null) {
      list.setInputType(input);
    }
    return list;
  }

  /** The network of a chain. */
  static MultiLayerNetwork network(MultiLayerConfiguration.Builder builder) {
    MultiLayerNetwork network = new MultiLayerNetwork(builder.build());
    network.init();
    return network;
  }

  /** The network of layers one behind the other. */
  static MultiLayerNetwork chain(InputType input, Layer... layers) {
    return network(list(input, layers));
  }

  /** A graph to add to. */
  static ComputationGraphConfiguration.GraphBuilder graph() {
    return builder().graphBuilder();
  }

  /** The network of a graph. */
  static ComputationGraph network(ComputationGraphConfiguration.GraphBuilder builder) {
    ComputationGraph network = new ComputationGraph(builder.build());
    network.init();
    return network;
  }
}
