import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks that DL4J can say since 0.7.2. */
final class Since072 {

  private Since072() {}

  private static OutputLayer output(int out) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(out)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static ConvolutionLayer convolution(
      ConvolutionMode mode, int[] kernel, int[] stride, int[] padding) {
    return new ConvolutionLayer.Builder(kernel, stride, padding)
        .convolutionMode(mode)
        .nOut(3)
        .activation(Activation.RELU)
        .build();
  }

  private static SubsamplingLayer pooling(
      SubsamplingLayer.PoolingType type,
      ConvolutionMode mode,
      int[] kernel,
      int[] stride,
      int[] padding) {
    SubsamplingLayer.Builder builder =
        new SubsamplingLayer.Builder(type, kernel, stride, padding).convolutionMode(mode);
    if (type == SubsamplingLayer.PoolingType.PNORM) {
      builder.pnorm(3);
    }
    return builder.build();
  }

  public static void main(String[] arguments) {
    images();
    layers();
    vertices();
    Cases.done();
  }

  private static int[] pair(int first, int second) {
    return new int[] {first, second};
  }

  private static void images() {
    for (SubsamplingLayer.PoolingType type :
        new SubsamplingLayer.PoolingType[] {
          SubsamplingLayer.PoolingType.MAX,
          SubsamplingLayer.PoolingType.AVG,
          SubsamplingLayer.PoolingType.PNORM
        }) {
      String name = type.name().toLowerCase();
      Cases.chain(
          "cnn_same_" + name,
          "Convolution mode Same with strides, pooling " + type + " too.",
          () ->
              Start.chain(
                  InputType.convolutional(7, 6, 2),
                  convolution(ConvolutionMode.Same, pair(3, 2), pair(2, 1), pair(0, 0)),
                  pooling(type, ConvolutionMode.Same, pair(2, 3), pair(1, 2), pair(0, 0)),
                  output(4)),
          Cases.normal(1, 2, 2, 7, 6));
      Cases.chain(
          "cnn_truncate_" + name,
          "Convolution mode Truncate drops the last columns, with padding; pooling " + type + ".",
          () ->
              Start.chain(
                  InputType.convolutional(8, 6, 2),
                  convolution(ConvolutionMode.Truncate, pair(3, 3), pair(2, 2), pair(1, 0)),
                  pooling(type, ConvolutionMode.Truncate, pair(3, 2), pair(2, 1), pair(1, 1)),
                  output(4)),
          Cases.normal(2, 2, 2, 8, 6));
    }
    Cases.chain(
        "cnn_strict",
        "Convolution mode Strict, where sizes fit exactly.",
        () ->
            Start.chain(
                InputType.convolutional(7, 6, 2),
                convolution(ConvolutionMode.Strict, pair(3, 2), pair(2, 1), pair(0, 0)),
                pooling(
                    SubsamplingLayer.PoolingType.MAX,
                    ConvolutionMode.Strict,
                    pair(2, 2),
                    pair(1, 1),
                    pair(0, 0)),
                output(4)),
        Cases.normal(3, 2, 2, 7, 6));
    Cases.chain(
        "cnn_flat_input",
        "An input of flat images, and a Dense layer before the output.",
        () ->
            Start.chain(
                InputType.convolutionalFlat(5, 4, 2),
                convolution(ConvolutionMode.Truncate, pair(2, 2), pair(1, 1), pair(0, 0)),
                new DenseLayer.Builder().nOut(6).build(),
                output(3)),
        Cases.normal(3, 2, 40));
  }

  private static void layers() {
    Cases.chain(
        "loss_layer",
        "A DropoutLayer, and a LossLayer, which has an activation and no weights.",
        () ->
            Start.chain(
                null,
                new DenseLayer.Builder().nIn(3).nOut(4).activation(Activation.SOFTSIGN).build(),
                new DropoutLayer.Builder(0.6).nIn(4).nOut(4).build(),
                new DenseLayer.Builder().nIn(4).nOut(5).activation(Activation.IDENTITY).build(),
                new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build()),
        Cases.normal(5, 2, 3));
    Cases.chain(
        "graves_lstm_gates",
        "GravesLSTM with hard sigmoids as gates.",
        () ->
            Start.chain(
                null,
                new GravesLSTM.Builder()
                    .gateActivationFunction(Activation.HARDSIGMOID)
                    .nIn(3)
                    .nOut(4)
                    .build(),
                new RnnOutputLayer.Builder(LossFunction.MSE)
                    .nIn(4)
                    .nOut(2)
                    .activation(Activation.IDENTITY)
                    .build()),
        Cases.normal(6, 2, 3, 5));
  }

  private static void vertices() {
    Cases.graph(
        "graph_l2",
        "The distance of two layers.",
        () ->
            Start.network(
                Start.graph()
                    .addInputs("in")
                    .addLayer("a", new DenseLayer.Builder().nIn(3).nOut(4).build(), "in")
                    .addLayer("b", new DenseLayer.Builder().nIn(3).nOut(4).build(), "in")
                    .addVertex("distance", new L2Vertex(), "a", "b")
                    .addLayer(
                        "out",
                        new OutputLayer.Builder(LossFunction.MSE)
                            .nIn(1)
                            .nOut(2)
                            .activation(Activation.IDENTITY)
                            .build(),
                        "distance")
                    .setOutputs("out")),
        Cases.normal(7, 4, 3));
    Cases.graph(
        "graph_stack",
        "Two inputs through one layer: stacked, and taken apart again.",
        () ->
            Start.network(
                Start.graph()
                    .addInputs("left", "right")
                    .addVertex("stack", new StackVertex(), "left", "right")
                    .addLayer("shared", new DenseLayer.Builder().nIn(3).nOut(4).build(), "stack")
                    .addVertex("first", new UnstackVertex(0, 2), "shared")
                    .addVertex("second", new UnstackVertex(1, 2), "shared")
                    .addLayer(
                        "a",
                        new OutputLayer.Builder(LossFunction.MSE)
                            .nIn(4)
                            .nOut(2)
                            .activation(Activation.IDENTITY)
                            .build(),
                        "first")
                    .addLayer(
                        "b",
                        new OutputLayer.Builder(LossFunction.XENT)
                            .nIn(4)
                            .nOut(3)
                            .activation(Activation.SIGMOID)
                            .build(),
                        "second")
                    .setOutputs("a", "b")),
        Cases.normal(8, 4, 3),
        Cases.normal(9, 4, 3));
  }
}
