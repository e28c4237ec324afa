import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.variational.BernoulliReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.GaussianReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks that DL4J can say since 0.8.0. */
final class Since080 {

  private Since080() {}

  private static OutputLayer output(int out) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(out)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static OutputLayer output(int in, int out) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nIn(in)
        .nOut(out)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static DenseLayer dense(int in, int out) {
    return new DenseLayer.Builder().nIn(in).nOut(out).build();
  }

  private static RnnOutputLayer steps(int in, int out) {
    return new RnnOutputLayer.Builder(LossFunction.MCXENT)
        .nIn(in)
        .nOut(out)
        .activation(Activation.SOFTMAX)
        .build();
  }

  public static void main(String[] arguments) {
    activations();
    sequences();
    images();
    training();
    vertices();
    Cases.done();
  }

  private static void activations() {
    Cases.graph(
        "activations",
        "Every activation of this version without weights of its own, each an output.",
        0,
        () -> {
          ComputationGraphConfiguration.GraphBuilder graph =
              Start.graph()
                  .addInputs("in")
                  .addLayer(
                      "dense",
                      new DenseLayer.Builder()
                          .nIn(3)
                          .nOut(5)
                          .activation(Activation.IDENTITY)
                          .build(),
                      "in");
          java.util.List<String> names = new java.util.ArrayList<>();
          for (Activation activation : Activation.values()) {
            String name = activation.name().toLowerCase();
            graph.addLayer(
                name, new ActivationLayer.Builder().activation(activation).build(), "dense");
            names.add(name);
          }
          return Start.network(graph.setOutputs(names.toArray(new String[0])));
        },
        Cases.normal(1, 4, 3));
  }

  private static void sequences() {
    for (ConvolutionMode mode :
        new ConvolutionMode[] {ConvolutionMode.Truncate, ConvolutionMode.Same}) {
      Cases.chain(
          "conv1d_" + mode.name().toLowerCase(),
          "Convolution and pooling over steps, mode " + mode + ".",
          () ->
              Start.chain(
                  null,
                  new Convolution1DLayer.Builder(3, 2, mode == ConvolutionMode.Same ? 0 : 1)
                      .convolutionMode(mode)
                      .nIn(3)
                      .nOut(4)
                      .activation(Activation.RELU)
                      .build(),
                  new Subsampling1DLayer.Builder(2, 1).convolutionMode(mode).build(),
                  new RnnOutputLayer.Builder(LossFunction.MCXENT)
                      .nIn(4)
                      .nOut(2)
                      .activation(Activation.SOFTMAX)
                      .build()),
          Cases.normal(2, 2, 3, 9));
    }
    for (PoolingType type :
        new PoolingType[] {PoolingType.MAX, PoolingType.AVG, PoolingType.SUM, PoolingType.PNORM}) {
      Cases.chain(
          "global_pooling_steps_" + type.name().toLowerCase(),
          "GlobalPooling of steps: " + type + ".",
          () ->
              Start.chain(
                  null,
                  new GravesLSTM.Builder().nIn(3).nOut(4).build(),
                  new GlobalPoolingLayer.Builder(type).pnorm(3).build(),
                  output(4, 2)),
          Cases.normal(3, 2, 3, 5));
    }
  }

  private static void images() {
    for (PoolingType type :
        new PoolingType[] {PoolingType.MAX, PoolingType.AVG, PoolingType.SUM, PoolingType.PNORM}) {
      Cases.chain(
          "global_pooling_image_" + type.name().toLowerCase(),
          "ZeroPadding, then GlobalPooling of images: " + type + ".",
          () ->
              Start.chain(
                  InputType.convolutional(4, 5, 2),
                  new ZeroPaddingLayer.Builder(1, 2, 0, 3).build(),
                  new ConvolutionLayer.Builder(2, 3).nOut(4).activation(Activation.ELU).build(),
                  new GlobalPoolingLayer.Builder(type).build(),
                  output(3)),
          Cases.normal(4, 2, 2, 4, 5));
    }
  }

  private static void training() {
    Cases.chain(
        "center_loss",
        "CenterLossOutputLayer keeps its centers among the weights.",
        () ->
            Start.chain(
                null,
                dense(3, 5),
                new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(5)
                    .nOut(4)
                    .alpha(0.1)
                    .lambda(0.002)
                    .activation(Activation.SOFTMAX)
                    .build()),
        Cases.normal(5, 3, 3));
    Cases.chain(
        "frozen",
        "Two frozen layers, as transfer learning makes them.",
        () -> {
          MultiLayerNetwork network = Start.chain(null, dense(3, 5), dense(5, 4), output(4, 2));
          return new TransferLearning.Builder(network).setFeatureExtractor(1).build();
        },
        Cases.normal(6, 3, 3));
    Cases.graph(
        "graph_frozen",
        "A graph with a frozen part, as transfer learning makes it.",
        () -> {
          ComputationGraph network =
              Start.network(
                  Start.graph()
                      .addInputs("in")
                      .addLayer("a", dense(3, 5), "in")
                      .addLayer("b", dense(3, 4), "in")
                      .addVertex("merge", new MergeVertex(), "a", "b")
                      .addLayer("c", dense(9, 4), "merge")
                      .addLayer("out", output(4, 2), "c")
                      .setOutputs("out"));
          return new TransferLearning.GraphBuilder(network).setFeatureExtractor("merge").build();
        },
        Cases.normal(7, 3, 3));
    Cases.chain(
        "vae",
        "A VariationalAutoencoder gives the mean of its latent space, activated.",
        0,
        () ->
            Start.chain(
                null,
                new VariationalAutoencoder.Builder()
                    .nIn(5)
                    .nOut(3)
                    .encoderLayerSizes(6, 4)
                    .decoderLayerSizes(7)
                    .pzxActivationFunction(Activation.IDENTITY)
                    .reconstructionDistribution(
                        new GaussianReconstructionDistribution(Activation.TANH))
                    .activation(Activation.LEAKYRELU)
                    .build(),
                new OutputLayer.Builder(LossFunction.MSE)
                    .nIn(3)
                    .nOut(2)
                    .activation(Activation.IDENTITY)
                    .build()),
        Cases.normal(4, 3, 5));
    Cases.chain(
        "vae_alone",
        "A VariationalAutoencoder as the only layer, with an activated latent space.",
        0,
        () ->
            Start.chain(
                null,
                new VariationalAutoencoder.Builder()
                    .nIn(5)
                    .nOut(3)
                    .encoderLayerSizes(6)
                    .decoderLayerSizes(7, 4)
                    .pzxActivationFunction(Activation.TANH)
                    .reconstructionDistribution(
                        new BernoulliReconstructionDistribution(Activation.SIGMOID))
                    .activation(Activation.SOFTPLUS)
                    .build()),
        Cases.normal(4, 3, 5));
    normalised("normalizer_standardize", new NormalizerStandardize());
    normalised("normalizer_min_max", new NormalizerMinMaxScaler(-1, 2));
  }

  private static void normalised(String name, DataNormalization normalizer) {
    Cases.run(
        name,
        () -> {
          MultiLayerNetwork network = Start.chain(null, dense(3, 5), output(5, 2));
          INDArray input = Cases.normal(8, 6, 3);
          normalizer.fit(new DataSet(Cases.normal(9, 6, 3), Cases.normal(10, 6, 2)));
          Path folder = Cases.folder(name);
          java.io.File model = folder.resolve("model.zip").toFile();
          ModelSerializer.writeModel(network, model, true);
          ModelSerializer.addNormalizerToModel(model, normalizer);
          String why = "A normalizer in the zip, which the network itself does not use.";
          Cases.write(
              folder,
              name,
              why,
              new INDArray[] {input},
              new INDArray[] {network.output(input, false)});
        });
  }

  private static void vertices() {
    Cases.graph(
        "graph_scale_normalize",
        "ScaleVertex and L2NormalizeVertex.",
        () ->
            Start.network(
                Start.graph()
                    .addInputs("in")
                    .addLayer("a", dense(3, 4), "in")
                    .addVertex("scale", new ScaleVertex(-1.5), "a")
                    .addVertex("unit", new L2NormalizeVertex(), "a")
                    .addVertex("merge", new MergeVertex(), "scale", "unit")
                    .addLayer("out", output(8, 2), "merge")
                    .setOutputs("out")),
        Cases.normal(11, 3, 3));
    Cases.graph(
        "graph_input_types",
        "Sizes and preprocessors from the type of the input: images to Dense, merged channels.",
        () ->
            Start.network(
                Start.graph()
                    .addInputs("in")
                    .addLayer(
                        "a",
                        new ConvolutionLayer.Builder(3, 2)
                            .convolutionMode(ConvolutionMode.Same)
                            .nOut(3)
                            .build(),
                        "in")
                    .addLayer(
                        "b",
                        new ConvolutionLayer.Builder(1, 1)
                            .nOut(2)
                            .activation(Activation.RELU)
                            .build(),
                        "in")
                    .addVertex("merge", new MergeVertex(), "a", "b")
                    .addLayer("dense", new DenseLayer.Builder().nOut(5).build(), "merge")
                    .addLayer("out", output(3), "dense")
                    .setOutputs("out")
                    .setInputTypes(InputType.convolutional(4, 3, 2))),
        Cases.normal(12, 2, 2, 4, 3));
    Cases.graph(
        "graph_rnn_dense",
        "A Dense layer and global pooling behind a recurrent layer.",
        () ->
            Start.network(
                Start.graph()
                    .addInputs("in")
                    .addLayer("rnn", new GravesLSTM.Builder().nOut(4).build(), "in")
                    .addLayer("dense", new DenseLayer.Builder().nOut(5).build(), "rnn")
                    .addLayer("rnn2", new GravesLSTM.Builder().nOut(3).build(), "dense")
                    .addLayer(
                        "pool", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "rnn2")
                    .addLayer("steps", steps(4, 2), "rnn")
                    .addLayer("out", output(2), "pool")
                    .setOutputs("out", "steps")
                    .setInputTypes(InputType.recurrent(3))),
        Cases.normal(13, 2, 3, 5));
  }
}
