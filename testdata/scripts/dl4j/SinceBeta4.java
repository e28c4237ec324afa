import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.TruncatedNormalDistribution;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CapsuleLayer;
import org.deeplearning4j.nn.conf.layers.CapsuleStrengthLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LearnedSelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.PrimaryCapsules;
import org.deeplearning4j.nn.conf.layers.RecurrentAttentionLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks that DL4J can say since 1.0.0-beta4. */
final class SinceBeta4 {

  private SinceBeta4() {}

  private static OutputLayer output(int out) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(out)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static RnnOutputLayer steps(int out) {
    return new RnnOutputLayer.Builder(LossFunction.MCXENT)
        .nOut(out)
        .activation(Activation.SOFTMAX)
        .build();
  }

  public static void main(String[] arguments) {
    training();
    types();
    attention();
    capsules();
    Cases.done();
  }

  private static void training() {
    Cases.chain(
        "mlp_weight_decay",
        "WeightDecay, a truncated distribution.",
        () ->
            Start.network(
                Start.list(
                    Start.builder().weightDecay(0.01).weightDecayBias(0.002, false),
                    InputType.feedForward(3),
                    new DenseLayer.Builder()
                        .nOut(5)
                        .weightInit(new TruncatedNormalDistribution(0.0, 0.3))
                        .build(),
                    new DenseLayer.Builder().nOut(4).weightInit(WeightInit.RELU).l1(0.01).build(),
                    output(3))),
        Cases.normal(1, 2, 3));
    Cases.chain(
        "mlp_layer_norm",
        "Layer normalisation in a Dense layer.",
        () ->
            Start.chain(
                InputType.feedForward(3),
                new DenseLayer.Builder()
                    .nOut(5)
                    .hasLayerNorm(true)
                    .activation(Activation.RELU)
                    .build(),
                output(3)),
        Cases.normal(2, 4, 3));
    Cases.chain(
        "simple_rnn_layer_norm",
        "Layer normalisation inside of SimpleRnn.",
        () ->
            Start.chain(
                InputType.recurrent(3, 5),
                new SimpleRnn.Builder().nOut(4).hasLayerNorm(true).build(),
                new LastTimeStep(new SimpleRnn.Builder().nIn(4).nOut(6).hasLayerNorm(true).build()),
                output(3)),
        Cases.normal(2, 2, 3, 5));
    Cases.chain(
        "mlp_layer_norm_no_bias",
        "Layer normalisation in a Dense layer without bias.",
        () ->
            Start.chain(
                InputType.feedForward(3),
                new DenseLayer.Builder().nOut(5).hasLayerNorm(true).hasBias(false).build(),
                output(3)),
        Cases.normal(2, 4, 3));
    for (boolean logarithm : new boolean[] {true, false}) {
      Cases.chain(
          logarithm ? "batch_normalization_log_std" : "batch_normalization_variance",
          "BatchNormalization that keeps " + (logarithm ? "logarithms." : "variances."),
          4,
          () ->
              Start.chain(
                  InputType.convolutional(4, 5, 2),
                  new ConvolutionLayer.Builder(2, 2).nOut(3).build(),
                  new BatchNormalization.Builder().useLogStd(logarithm).eps(1e-2).build(),
                  new DenseLayer.Builder().nOut(4).build(),
                  new BatchNormalization.Builder()
                      .useLogStd(logarithm)
                      .lockGammaBeta(true)
                      .gamma(1.5)
                      .beta(-0.5)
                      .build(),
                  output(3)),
          Cases.normal(3, 6, 2, 4, 5));
    }
  }

  private static NeuralNetConfiguration.Builder typed(DataType type) {
    return Start.builder().dataType(type);
  }

  private static void types() {
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.HALF}) {
      String name = type.name().toLowerCase();
      Cases.chain(
          name + "_mlp",
          "A network of type " + type + ".",
          type == DataType.HALF ? 0 : 2,
          () ->
              Start.network(
                  Start.list(
                      typed(type),
                      InputType.feedForward(3),
                      new DenseLayer.Builder().nOut(5).build(),
                      new BatchNormalization.Builder().build(),
                      output(3))),
          Cases.normal(5, 4, 3).castTo(type));
      Cases.chain(
          name + "_rnn",
          "A recurrent network of type " + type + ".",
          type == DataType.HALF ? 0 : 2,
          () ->
              Start.network(
                  Start.list(
                      typed(type),
                      InputType.recurrent(3, 5),
                      new LSTM.Builder().nOut(4).build(),
                      steps(2))),
          Cases.normal(6, 2, 3, 5).castTo(type));
      Cases.graph(
          name + "_cnn",
          "A convolution of type " + type + " in a graph.",
          type == DataType.HALF ? 0 : 2,
          () ->
              Start.network(
                  typed(type)
                      .graphBuilder()
                      .addInputs("in")
                      .addLayer(
                          "convolution", new ConvolutionLayer.Builder(2, 3).nOut(3).build(), "in")
                      .addLayer("out", output(2), "convolution")
                      .setOutputs("out")
                      .setInputTypes(InputType.convolutional(4, 5, 2))),
          Cases.normal(7, 2, 2, 4, 5).castTo(type));
    }
  }

  private static void attention() {
    for (boolean project : new boolean[] {true, false}) {
      String name = project ? "_projected" : "";
      int heads = project ? 2 : 1;
      Cases.chain(
          "self_attention" + name,
          "SelfAttentionLayer" + (project ? " with two heads." : " without projections."),
          () ->
              Start.chain(
                  InputType.recurrent(3, 5),
                  new LSTM.Builder().nOut(4).build(),
                  project
                      ? new SelfAttentionLayer.Builder()
                          .nOut(6)
                          .nHeads(heads)
                          .headSize(3)
                          .projectInput(true)
                          .build()
                      : new SelfAttentionLayer.Builder()
                          .nIn(4)
                          .nOut(4)
                          .nHeads(1)
                          .projectInput(false)
                          .build(),
                  new GlobalPoolingLayer.Builder(PoolingType.MAX).build(),
                  output(2)),
          Cases.normal(8, 2, 3, 5));
      Cases.chain(
          "learned_attention" + name,
          "LearnedSelfAttentionLayer with three queries.",
          () ->
              Start.chain(
                  InputType.recurrent(3, 5),
                  new LSTM.Builder().nOut(4).build(),
                  project
                      ? new LearnedSelfAttentionLayer.Builder()
                          .nOut(6)
                          .nHeads(heads)
                          .headSize(3)
                          .nQueries(3)
                          .projectInput(true)
                          .build()
                      : new LearnedSelfAttentionLayer.Builder()
                          .nIn(4)
                          .nOut(4)
                          .nHeads(1)
                          .nQueries(3)
                          .projectInput(false)
                          .build(),
                  new GlobalPoolingLayer.Builder(PoolingType.AVG).build(),
                  output(2)),
          Cases.normal(9, 2, 3, 5));
    }
    Cases.chain(
        "recurrent_attention",
        "RecurrentAttentionLayer with two heads.",
        () ->
            Start.chain(
                InputType.recurrent(3, 5),
                new LSTM.Builder().nOut(4).build(),
                new RecurrentAttentionLayer.Builder()
                    .nIn(4)
                    .nOut(6)
                    .nHeads(2)
                    .headSize(3)
                    .projectInput(true)
                    .hasBias(true)
                    .activation(Activation.TANH)
                    .build(),
                new GlobalPoolingLayer.Builder(PoolingType.AVG).build(),
                output(2)),
        Cases.normal(10, 2, 3, 5));
    Cases.graph(
        "graph_attention",
        "AttentionVertex of three inputs.",
        () ->
            Start.network(
                Start.graph()
                    .addInputs("queries", "keys", "values")
                    .addVertex(
                        "attention",
                        new AttentionVertex.Builder()
                            .nInQueries(3)
                            .nInKeys(4)
                            .nInValues(2)
                            .nHeads(2)
                            .headSize(5)
                            .nOut(6)
                            .projectInput(true)
                            .weightInit(WeightInit.XAVIER)
                            .build(),
                        "queries",
                        "keys",
                        "values")
                    .addLayer(
                        "pool",
                        new GlobalPoolingLayer.Builder(PoolingType.MAX).build(),
                        "attention")
                    .addLayer("out", output(2), "pool")
                    .setOutputs("out")
                    .setInputTypes(
                        InputType.recurrent(3, 4),
                        InputType.recurrent(4, 5),
                        InputType.recurrent(2, 5))),
        Cases.normal(11, 2, 3, 4),
        Cases.normal(12, 2, 4, 5),
        Cases.normal(13, 2, 2, 5));
  }

  private static void capsules() {
    Cases.chain(
        "capsules",
        "PrimaryCapsules, CapsuleLayer and their strengths.",
        0,
        () ->
            Start.chain(
                InputType.convolutional(6, 5, 2),
                new PrimaryCapsules.Builder(4, 3).kernelSize(3, 2).stride(2, 1).build(),
                new CapsuleLayer.Builder(3, 5, 2).build(),
                new CapsuleStrengthLayer.Builder().build(),
                new LossLayer.Builder(LossFunction.MSE).activation(Activation.SOFTMAX).build()),
        Cases.normal(14, 2, 2, 6, 5));
  }
}
