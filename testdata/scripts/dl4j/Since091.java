import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Networks that DL4J can say since 0.9.1. */
final class Since091 {

  private Since091() {}

  private static DenseLayer dense(int in, int out) {
    return new DenseLayer.Builder().nIn(in).nOut(out).build();
  }

  private static OutputLayer output(int in, int out) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nIn(in)
        .nOut(out)
        .activation(Activation.SOFTMAX)
        .build();
  }

  public static void main(String[] arguments) {
    Cases.chain(
        "lstm",
        "Two LSTM layers without peepholes, truncated back-propagation.",
        () ->
            Start.network(
                Start.list(
                        null,
                        new LSTM.Builder().nIn(3).nOut(4).build(),
                        new LSTM.Builder()
                            .gateActivationFunction(Activation.HARDSIGMOID)
                            .forgetGateBiasInit(0.5)
                            .nIn(4)
                            .nOut(5)
                            .activation(Activation.SOFTSIGN)
                            .build(),
                        new RnnOutputLayer.Builder(LossFunction.XENT)
                            .nIn(5)
                            .nOut(2)
                            .activation(Activation.SIGMOID)
                            .build())
                    .backpropType(BackpropType.TruncatedBPTT)
                    .tBPTTForwardLength(4)
                    .tBPTTBackwardLength(4)),
        Cases.normal(1, 2, 3, 6));
    Cases.chain(
        "activation_parameters",
        "Activations with numbers of their own, a loss with weights.",
        () ->
            Start.chain(
                null,
                new DenseLayer.Builder()
                    .nIn(3)
                    .nOut(5)
                    .activation(new ActivationLReLU(0.2))
                    .build(),
                new DenseLayer.Builder().nIn(5).nOut(4).activation(new ActivationELU(0.7)).build(),
                new OutputLayer.Builder(new LossMCXENT(Cases.normal(5, 1, 3)))
                    .nIn(4)
                    .nOut(3)
                    .activation(Activation.SOFTMAX)
                    .build()),
        Cases.normal(2, 2, 3));
    for (ElementWiseVertex.Op op : ElementWiseVertex.Op.values()) {
      boolean two = op == ElementWiseVertex.Op.Subtract;
      Cases.graph(
          "graph_elementwise_" + op.name().toLowerCase(),
          "ElementWiseVertex: " + op + ".",
          () ->
              Start.network(
                  Start.graph()
                      .addInputs("in")
                      .addLayer("a", dense(3, 4), "in")
                      .addLayer("b", dense(3, 4), "in")
                      .addLayer("c", dense(3, 4), "in")
                      .addVertex(
                          "op",
                          new ElementWiseVertex(op),
                          two ? new String[] {"c", "a"} : new String[] {"a", "b", "c"})
                      .addVertex("merge", new MergeVertex(), "op", "b")
                      .addLayer("out", output(8, 2), "merge")
                      .setOutputs("out")),
          Cases.normal(3, 3, 3));
    }
    Cases.graph(
        "graph_shift",
        "ShiftVertex, and a layer that two others use.",
        () ->
            Start.network(
                Start.graph()
                    .addInputs("in")
                    .addLayer("a", dense(3, 4), "in")
                    .addVertex("shift", new ShiftVertex(0.75), "a")
                    .addVertex(
                        "product", new ElementWiseVertex(ElementWiseVertex.Op.Add), "shift", "a")
                    .addLayer("out", output(4, 2), "product")
                    .setOutputs("out")),
        Cases.normal(4, 3, 3));
    Cases.graph(
        "graph_reshape",
        "ReshapeVertex from rows to images.",
        0,
        () ->
            Start.network(
                Start.graph()
                    .addInputs("in")
                    .addLayer("a", dense(3, 12), "in")
                    .addVertex("image", new ReshapeVertex(-1, 2, 3, 2), "a")
                    .addLayer(
                        "convolution",
                        new ConvolutionLayer.Builder(2, 1).nIn(2).nOut(3).build(),
                        "image")
                    .addVertex("flat", new ReshapeVertex(-1, 12), "convolution")
                    .addLayer("out", output(12, 2), "flat")
                    .setOutputs("out")),
        Cases.normal(4, 3, 3));
    Cases.graph(
        "graph_pool_helper",
        "PoolHelperVertex drops the first row and column.",
        () ->
            Start.network(
                Start.graph()
                    .addInputs("in")
                    .addLayer("a", new ConvolutionLayer.Builder(2, 1).nOut(3).build(), "in")
                    .addVertex("helper", new PoolHelperVertex(), "a")
                    .addLayer(
                        "pool", new GlobalPoolingLayer.Builder(PoolingType.SUM).build(), "helper")
                    .addLayer("out", output(3, 2), "pool")
                    .setOutputs("out")
                    .setInputTypes(InputType.convolutional(5, 4, 2))),
        Cases.normal(6, 2, 2, 5, 4));
    Cases.done();
  }
}
