import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.constraint.UnitNormConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

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
    Cases.done();
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
