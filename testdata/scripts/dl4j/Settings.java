import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.constraint.UnitNormConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** Settings of training that DL4J has layer by layer, or for sequences, in 1.0.0-M2.1. */
final class Settings {

  private static final RNNFormat NWC = RNNFormat.NWC;

  private Settings() {}

  public static void main(String[] arguments) {
    NextStep.write(
        "constraints_steps",
        Settings::constrainedSteps,
        Cases.normal(5, 3, 4, 2),
        Cases.normal(6, 3, 2));
    written("layers", Settings::layers);
    written("rates", Settings::rates);
    written("biases", Settings::biases);
    written("decays", Settings::decays);
    written("gradients", Settings::gradients);
    written("renormalized", Settings::renormalized);
    written("schedules", Settings::schedules);
    Cases.chain(
        "settings_pieces",
        "Trained on sequences in pieces of 3 steps, with gradients over 2.",
        Settings::pieces,
        Cases.normal(7, 3, 2, 7));
    Cases.done();
  }

  private static void written(String name, Cases.Building<MultiLayerNetwork> building) {
    NextStep.write(
        "settings_" + name, building, Cases.normal(1, 5, 2, 4, 3), Cases.normal(2, 5, 2));
  }

  private static MultiLayerNetwork network(
      NeuralNetConfiguration.Builder builder,
      ConvolutionLayer.Builder first,
      BatchNormalization.Builder normalization,
      DenseLayer.Builder second,
      OutputLayer.Builder last) {
    return Start.network(
        Start.list(
            builder,
            InputType.convolutional(4, 3, 2),
            first.kernelSize(2, 2).nOut(3).build(),
            normalization.useLogStd(false).build(),
            second.nOut(4).activation(Activation.SIGMOID).build(),
            new DenseLayer.Builder().nOut(3).build(),
            last.nOut(2).activation(Activation.IDENTITY).build()));
  }

  private static OutputLayer.Builder output() {
    return new OutputLayer.Builder(LossFunction.MSE);
  }

  private static MultiLayerNetwork layers() {
    return network(
        Start.builder().updater(new Adam(0.02)),
        new ConvolutionLayer.Builder().updater(new Nesterovs(0.1, 0.8)),
        new BatchNormalization.Builder().updater(new RmsProp(0.02, 0.85, 1e-6)),
        new DenseLayer.Builder().updater(new Sgd(0.2)),
        output().updater(new AMSGrad(0.03)));
  }

  private static MultiLayerNetwork rates() {
    return network(
        Start.builder().updater(new Adam(0.02)),
        new ConvolutionLayer.Builder().updater(new Adam(0.001)),
        new BatchNormalization.Builder(),
        new DenseLayer.Builder(),
        output().updater(new Adam(new ExponentialSchedule(ScheduleType.ITERATION, 0.1, 0.9))));
  }

  private static MultiLayerNetwork biases() {
    return network(
        Start.builder().updater(new Sgd(0.1)).biasUpdater(new Sgd(0.3)),
        new ConvolutionLayer.Builder(),
        new BatchNormalization.Builder(),
        new DenseLayer.Builder().biasUpdater(new Sgd(0.1)),
        output());
  }

  private static MultiLayerNetwork decays() {
    ConvolutionLayer.Builder first = new ConvolutionLayer.Builder();
    first.weightDecay(0.1);
    OutputLayer.Builder last = output();
    last.weightDecay(0);
    return network(
        Start.builder().updater(new Adam(0.02)).weightDecay(0.3).weightDecayBias(0.4),
        first,
        new BatchNormalization.Builder(),
        new DenseLayer.Builder(),
        last);
  }

  private static MultiLayerNetwork gradients() {
    return network(
        Start.builder()
            .updater(new Adam(0.02))
            .gradientNormalization(GradientNormalization.ClipL2PerParamType)
            .gradientNormalizationThreshold(0.05),
        new ConvolutionLayer.Builder()
            .gradientNormalization(GradientNormalization.RenormalizeL2PerParamType),
        new BatchNormalization.Builder(),
        new DenseLayer.Builder()
            .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
            .gradientNormalizationThreshold(0.01),
        output()
            .gradientNormalization(GradientNormalization.ClipL2PerLayer)
            .gradientNormalizationThreshold(0.2));
  }

  private static MultiLayerNetwork renormalized() {
    return network(
        Start.builder()
            .updater(new Nesterovs(0.05, 0.9))
            .gradientNormalization(GradientNormalization.RenormalizeL2PerLayer),
        new ConvolutionLayer.Builder(),
        new BatchNormalization.Builder(),
        new DenseLayer.Builder(),
        output());
  }

  private static MultiLayerNetwork schedules() {
    MultiLayerNetwork network =
        network(
            Start.builder()
                .updater(new Nesterovs(new StepSchedule(ScheduleType.EPOCH, 0.4, 0.5, 1), 0.8)),
            new ConvolutionLayer.Builder()
                .updater(new Adam(new PolySchedule(ScheduleType.ITERATION, 0.1, 2, 10))),
            new BatchNormalization.Builder(),
            new DenseLayer.Builder(),
            output());
    network.setEpochCount(2);
    return network;
  }

  private static MultiLayerNetwork pieces() {
    return Start.network(
        Start.list(
                Start.builder().updater(new Sgd(0.1)),
                InputType.recurrent(2),
                new LSTM.Builder().nOut(3).build(),
                new RnnOutputLayer.Builder(LossFunction.MSE)
                    .nOut(2)
                    .activation(Activation.IDENTITY)
                    .build())
            .backpropType(BackpropType.TruncatedBPTT)
            .tBPTTForwardLength(3)
            .tBPTTBackwardLength(2));
  }

  private static MultiLayerNetwork constrainedSteps() {
    return Start.network(
        Start.list(
            Start.builder().updater(new Sgd(0.3)),
            InputType.recurrent(2, NWC),
            new LastTimeStep(
                new LSTM.Builder()
                    .dataFormat(NWC)
                    .nOut(3)
                    .constrainWeights(new MaxNormConstraint(0.5, 0))
                    .constrainBias(new NonNegativeConstraint())
                    .build()),
            new OutputLayer.Builder(LossFunction.MSE)
                .nOut(2)
                .activation(Activation.IDENTITY)
                .constrainWeights(new UnitNormConstraint(0))
                .build()));
  }
}
