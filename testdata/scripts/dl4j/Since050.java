import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.LearningRatePolicy;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.Updater;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RBM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks that DL4J 0.5.0 to 0.9.1 can say: activations are text, learning rates are numbers. */
final class Since050 {

  private Since050() {}

  static NeuralNetConfiguration.Builder start(Updater updater) {
    return new NeuralNetConfiguration.Builder()
        .seed(42)
        .iterations(1)
        .optimizationAlgo(OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT)
        .weightInit(WeightInit.XAVIER)
        .learningRate(0.05)
        .updater(updater);
  }

  static MultiLayerNetwork network(MultiLayerConfiguration.Builder builder) {
    MultiLayerNetwork network = new MultiLayerNetwork(builder.build());
    network.init();
    return network;
  }

  static ComputationGraph network(ComputationGraphConfiguration.GraphBuilder builder) {
    ComputationGraph network = new ComputationGraph(builder.build());
    network.init();
    return network;
  }

  static MultiLayerConfiguration.Builder list(
      NeuralNetConfiguration.Builder start, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = start.list();
    for (int i = 0; i < layers.length; i++) {
      list.layer(i, layers[i]);
    }
    return list.pretrain(false).backprop(true);
  }

  static DenseLayer dense(int in, int out, String activation) {
    return new DenseLayer.Builder().nIn(in).nOut(out).activation(activation).build();
  }

  static OutputLayer output(int in, int out, String activation, LossFunction loss) {
    return new OutputLayer.Builder(loss).nIn(in).nOut(out).activation(activation).build();
  }

  static RnnOutputLayer steps(int in, int out) {
    return new RnnOutputLayer.Builder(LossFunction.MCXENT)
        .nIn(in)
        .nOut(out)
        .activation("softmax")
        .build();
  }

  static GravesLSTM graves(int in, int out, String activation) {
    return new GravesLSTM.Builder().nIn(in).nOut(out).activation(activation).build();
  }

  public static void main(String[] arguments) {
    updaters();
    activations();
    training();
    layers();
    Cases.done();
  }

  private static void updaters() {
    for (Updater updater : Updater.values()) {
      if (updater == Updater.CUSTOM) {
        continue;
      }
      String name = updater.name().toLowerCase();
      Cases.chain(
          "mlp_" + name,
          "Dense layers trained with the updater " + name + ".",
          () ->
              network(
                  list(
                      start(updater).momentum(0.8).rho(0.9).rmsDecay(0.85),
                      dense(3, 5, "relu"),
                      output(5, 4, "softmax", LossFunction.MCXENT))),
          Cases.normal(1, 2, 3));
    }
  }

  private static void activations() {
    String[] names = {
      "identity",
      "leakyrelu",
      "sigmoid",
      "softplus",
      "tanh",
      "softsign",
      "hardtanh",
      "elu",
      "cube",
      "hardsigmoid",
      "rationaltanh",
      "softmax",
      "rrelu"
    };
    for (String name : names) {
      Cases.chain(
          "activation_" + name,
          "The activation " + name + ", written as text.",
          1,
          () ->
              network(
                  list(
                      start(Updater.SGD),
                      dense(4, 6, name),
                      output(6, 3, "identity", LossFunction.MSE))),
          Cases.normal(2, 3, 4));
    }
  }

  private static void training() {
    Cases.files(
        "two_files",
        "The configuration and the weights as two files.",
        () ->
            network(
                list(
                    start(Updater.SGD),
                    dense(4, 6, "tanh"),
                    output(6, 3, "softmax", LossFunction.MCXENT))),
        Cases.normal(2, 3, 4));
    Cases.chain(
        "mlp_leaky",
        "A slope of leakyrelu beside the layer, which only 0.5.0 and 0.6.0 go by.",
        1,
        () ->
            network(
                list(
                    start(Updater.SGD).leakyreluAlpha(0.3),
                    dense(4, 6, "leakyrelu"),
                    output(6, 3, "identity", LossFunction.MSE))),
        Cases.normal(2, 3, 4));
    Cases.chain(
        "mlp_regularised",
        "Regularisation, dropout, a distribution and clipping, all of which rest at inference.",
        () ->
            network(
                list(
                    start(Updater.NESTEROVS)
                        .regularization(true)
                        .l1(0.01)
                        .l2(0.02)
                        .dropOut(0.5)
                        .biasInit(0.1)
                        .momentum(0.7)
                        .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
                        .gradientNormalizationThreshold(0.5),
                    new DenseLayer.Builder()
                        .nIn(3)
                        .nOut(6)
                        .activation("tanh")
                        .weightInit(WeightInit.DISTRIBUTION)
                        .dist(new NormalDistribution(0.0, 0.3))
                        .l2(0.03)
                        .build(),
                    new OutputLayer.Builder(LossFunction.XENT)
                        .nIn(6)
                        .nOut(2)
                        .activation("sigmoid")
                        .weightInit(WeightInit.DISTRIBUTION)
                        .dist(new UniformDistribution(-0.4, 0.4))
                        .learningRate(0.02)
                        .biasLearningRate(0.01)
                        .build())),
        Cases.normal(3, 2, 3));
    Cases.chain(
        "mlp_dropconnect",
        "DropConnect, and l2 and dropout that no regularization(true) switches on.",
        () ->
            network(
                list(
                    start(Updater.RMSPROP).useDropConnect(true).l2(0.02).dropOut(0.3),
                    dense(3, 6, "tanh"),
                    output(6, 2, "softmax", LossFunction.NEGATIVELOGLIKELIHOOD))),
        Cases.normal(3, 2, 3));
    Map<Integer, Double> rates = new HashMap<>();
    rates.put(1, 0.02);
    rates.put(5, 0.01);
    Cases.chain(
        "mlp_rate_schedule",
        "A learning rate from a map of iterations.",
        () ->
            network(
                list(
                    start(Updater.ADAM)
                        .learningRateDecayPolicy(LearningRatePolicy.Schedule)
                        .learningRateSchedule(rates),
                    dense(3, 4, "sigmoid"),
                    output(4, 2, "identity", LossFunction.SQUARED_LOSS))),
        Cases.normal(3, 2, 3));
    rate(
        "exponential",
        start(Updater.ADAGRAD).learningRateDecayPolicy(LearningRatePolicy.Exponential));
    rate(
        "step",
        start(Updater.ADAGRAD).learningRateDecayPolicy(LearningRatePolicy.Step).lrPolicySteps(3));
    rate(
        "poly",
        start(Updater.ADAGRAD).learningRateDecayPolicy(LearningRatePolicy.Poly).lrPolicyPower(2));
    Cases.chain(
        "mlp_conjugate_gradient",
        "Another optimization algorithm than stochastic gradient descent.",
        1,
        () ->
            network(
                list(
                    start(Updater.SGD).optimizationAlgo(OptimizationAlgorithm.CONJUGATE_GRADIENT),
                    dense(3, 4, "tanh"),
                    output(4, 2, "softmax", LossFunction.MCXENT))),
        Cases.normal(4, 2, 3));
  }

  private static void rate(String policy, NeuralNetConfiguration.Builder start) {
    Cases.chain(
        "mlp_rate_" + policy,
        "A learning rate that decays: " + policy + ".",
        () ->
            network(
                list(
                    start.lrPolicyDecayRate(0.9),
                    dense(3, 4, "relu"),
                    output(4, 2, "tanh", LossFunction.MSE))),
        Cases.normal(4, 2, 3));
  }

  private static void layers() {
    Cases.chain(
        "embedding",
        "Indices in a column of an EmbeddingLayer, with bias and an activation.",
        () ->
            network(
                list(
                    start(Updater.ADAM),
                    new EmbeddingLayer.Builder().nIn(7).nOut(4).activation("tanh").build(),
                    dense(4, 5, "relu"),
                    output(5, 3, "softmax", LossFunction.MCXENT))),
        Cases.indices(5, 7, 6, 1));
    Cases.chain(
        "activation_layer",
        "An ActivationLayer behind a linear Dense layer.",
        () ->
            network(
                list(
                    start(Updater.SGD),
                    dense(3, 5, "identity"),
                    new ActivationLayer.Builder().activation("elu").build(),
                    output(5, 4, "softmax", LossFunction.MCXENT))),
        Cases.normal(6, 2, 3));
    Cases.chain(
        "autoencoder",
        "An AutoEncoder, of which only the encoder counts inside of a network.",
        () ->
            network(
                list(
                    start(Updater.ADAM),
                    new AutoEncoder.Builder()
                        .lossFunction(LossFunction.MSE)
                        .nIn(5)
                        .nOut(3)
                        .corruptionLevel(0.3)
                        .sparsity(0.1)
                        .activation("sigmoid")
                        .build(),
                    output(3, 2, "softmax", LossFunction.MCXENT))),
        Cases.normal(7, 4, 5));
    Cases.chain(
        "rbm",
        "A restricted Boltzmann machine, of which DL4J propagates means.",
        () ->
            network(
                list(
                    start(Updater.SGD),
                    new RBM.Builder(RBM.HiddenUnit.BINARY, RBM.VisibleUnit.BINARY)
                        .nIn(5)
                        .nOut(3)
                        .activation("sigmoid")
                        .lossFunction(LossFunction.MSE)
                        .build(),
                    output(3, 2, "softmax", LossFunction.MCXENT))),
        Cases.normal(7, 4, 5));
    Cases.chain(
        "batch_normalization_dense",
        "BatchNormalization behind a Dense layer, after training.",
        4,
        () ->
            network(
                list(
                    start(Updater.NESTEROVS),
                    dense(3, 5, "identity"),
                    new BatchNormalization.Builder()
                        .nIn(5)
                        .nOut(5)
                        .decay(0.7)
                        .eps(1e-3)
                        .activation("tanh")
                        .build(),
                    output(5, 4, "softmax", LossFunction.MCXENT))),
        Cases.normal(8, 6, 3));
    Cases.chain(
        "batch_normalization_locked",
        "BatchNormalization whose gamma and beta are constants, which a zip does not hold.",
        0,
        () ->
            network(
                list(
                    start(Updater.SGD),
                    dense(3, 5, "relu"),
                    new BatchNormalization.Builder(1.5, 0.25, true).nIn(5).nOut(5).build(),
                    output(5, 4, "softmax", LossFunction.MCXENT))),
        Cases.normal(8, 6, 3));
  }
}
