import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** Networks that DL4J can say since 1.0.0-alpha. */
final class SinceAlpha {

  private SinceAlpha() {}

  static DenseLayer dense(int in, int out) {
    return new DenseLayer.Builder().nIn(in).nOut(out).build();
  }

  static OutputLayer output(int out) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(out)
        .activation(Activation.SOFTMAX)
        .build();
  }

  static OutputLayer output(int in, int out) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nIn(in)
        .nOut(out)
        .activation(Activation.SOFTMAX)
        .build();
  }

  static RnnOutputLayer steps(int in, int out) {
    return new RnnOutputLayer.Builder(LossFunction.MCXENT)
        .nIn(in)
        .nOut(out)
        .activation(Activation.SOFTMAX)
        .build();
  }

  static ConvolutionLayer convolution(int in, int out) {
    return new ConvolutionLayer.Builder(2, 2).nIn(in).nOut(out).activation(Activation.RELU).build();
  }

  public static void main(String[] arguments) {
    updaters();
    training();
    layers();
    Cases.done();
  }

  private static void updaters() {
    updater("sgd", new Sgd(0.1));
    updater("nesterovs", new Nesterovs(0.1, 0.8));
    updater("adam", new Adam(0.01, 0.85, 0.99, 1e-6));
    updater("adamax", new AdaMax(0.02));
    updater("nadam", new Nadam(0.02));
    updater("adagrad", new AdaGrad(0.03));
    updater("adadelta", new AdaDelta(0.9, 1e-5));
    updater("rmsprop", new RmsProp(0.02, 0.85, 1e-6));
    updater("noop", new NoOp());
    updater("step_schedule", new Adam(new StepSchedule(ScheduleType.ITERATION, 0.1, 0.5, 2)));
    updater(
        "exponential_schedule",
        new Nesterovs(new ExponentialSchedule(ScheduleType.EPOCH, 0.1, 0.9), 0.7));
    Map<Integer, Double> values = new HashMap<>();
    values.put(0, 0.1);
    values.put(4, 0.05);
    updater("map_schedule", new RmsProp(new MapSchedule(ScheduleType.ITERATION, values)));
  }

  private static void updater(String name, IUpdater updater) {
    Cases.chain(
        "mlp_" + name,
        "Dense layers trained with the updater " + name + ".",
        () ->
            Start.network(
                Start.list(
                    Start.builder().updater(updater),
                    null,
                    new DenseLayer.Builder().nIn(3).nOut(5).activation(Activation.RELU).build(),
                    output(5, 4))),
        Cases.normal(1, 2, 3));
  }

  private static void training() {
    Cases.chain(
        "mlp_regularised",
        "l1, l2, dropout, distributions, clipping, updaters of single layers and of biases.",
        () ->
            Start.network(
                Start.list(
                    Start.builder()
                        .updater(new Nesterovs(0.05, 0.7))
                        .l1(0.01)
                        .l2(0.02)
                        .l1Bias(0.005)
                        .l2Bias(0.003)
                        .dropOut(0.6)
                        .biasInit(0.1)
                        .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
                        .gradientNormalizationThreshold(0.5),
                    null,
                    new DenseLayer.Builder()
                        .nIn(3)
                        .nOut(6)
                        .weightInit(new NormalDistribution(0.0, 0.3))
                        .l2(0.03)
                        .biasUpdater(new Adam(0.01))
                        .build(),
                    new OutputLayer.Builder(LossFunction.XENT)
                        .nIn(6)
                        .nOut(2)
                        .activation(Activation.SIGMOID)
                        .weightInit(new UniformDistribution(-0.4, 0.4))
                        .updater(new Sgd(0.02))
                        .build())),
        Cases.normal(3, 2, 3));
    Cases.chain(
        "mlp_noise",
        "Dropouts of every kind, DropConnect, constraints: all rest at inference.",
        () ->
            Start.network(
                Start.list(
                    Start.builder()
                        .constrainWeights(new MaxNormConstraint(2.0, 1))
                        .constrainBias(new NonNegativeConstraint()),
                    null,
                    new DenseLayer.Builder().nIn(3).nOut(6).dropOut(new AlphaDropout(0.9)).build(),
                    new DenseLayer.Builder()
                        .nIn(6)
                        .nOut(5)
                        .dropOut(new GaussianDropout(0.3))
                        .build(),
                    new DropoutLayer.Builder(new GaussianNoise(0.2)).build(),
                    new DenseLayer.Builder()
                        .nIn(5)
                        .nOut(4)
                        .weightNoise(new DropConnect(0.7))
                        .build(),
                    output(4, 2))),
        Cases.normal(3, 2, 3));
  }

  private static void layers() {
    Cases.chain(
        "embedding",
        "Indices in a column of an EmbeddingLayer, with bias and an activation.",
        () ->
            Start.chain(
                null,
                new EmbeddingLayer.Builder()
                    .nIn(7)
                    .nOut(4)
                    .hasBias(true)
                    .activation(Activation.TANH)
                    .build(),
                dense(4, 5),
                output(5, 3)),
        Cases.indices(5, 7, 6, 1));
    Cases.chain(
        "no_bias",
        "Layers without bias.",
        () ->
            Start.chain(
                InputType.convolutional(4, 5, 2),
                new ConvolutionLayer.Builder(2, 2).nOut(3).hasBias(false).build(),
                new DenseLayer.Builder().nOut(4).hasBias(false).build(),
                new OutputLayer.Builder(LossFunction.MSE)
                    .hasBias(false)
                    .nOut(2)
                    .activation(Activation.IDENTITY)
                    .build()),
        Cases.normal(6, 2, 2, 4, 5));
    Cases.chain(
        "activation_layer",
        "An ActivationLayer behind a linear Dense layer, and products with weights.",
        () ->
            Start.chain(
                null,
                new DenseLayer.Builder().nIn(3).nOut(5).activation(Activation.IDENTITY).build(),
                new ActivationLayer.Builder().activation(Activation.SELU).build(),
                new ElementWiseMultiplicationLayer.Builder()
                    .nIn(5)
                    .nOut(5)
                    .activation(Activation.SIGMOID)
                    .build(),
                output(5, 4)),
        Cases.normal(6, 2, 3));
    Cases.chain(
        "autoencoder",
        "An AutoEncoder, of which only the encoder counts inside of a network.",
        () ->
            Start.chain(
                null,
                new AutoEncoder.Builder()
                    .lossFunction(LossFunction.MSE)
                    .nIn(5)
                    .nOut(3)
                    .corruptionLevel(0.3)
                    .sparsity(0.1)
                    .activation(Activation.SIGMOID)
                    .build(),
                output(3, 2)),
        Cases.normal(7, 4, 5));
    Cases.chain(
        "batch_normalization_dense",
        "BatchNormalization behind a Dense layer, after training.",
        4,
        () ->
            Start.chain(
                null,
                dense(3, 5),
                new BatchNormalization.Builder().nIn(5).nOut(5).decay(0.7).eps(1e-3).build(),
                output(5, 4)),
        Cases.normal(8, 6, 3));
    Cases.chain(
        "batch_normalization_locked",
        "BatchNormalization whose gamma and beta are constants.",
        4,
        () ->
            Start.chain(
                null,
                dense(3, 5),
                new BatchNormalization.Builder(1.5, 0.25, true).nIn(5).nOut(5).build(),
                output(5, 4)),
        Cases.normal(8, 6, 3));
  }
}
