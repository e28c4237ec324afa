import org.deeplearning4j.nn.conf.constraint.BaseConstraint;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.MinMaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.constraint.UnitNormConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** {@code constraints_*}: weights that are held to something, for 1.0.0-alpha and later. */
final class Constraints {

  /** Vectors have one axis from M2 on, and are rows before. */
  private static final int OF_VECTORS =
      System.getProperty("cases.version").equals("1.0.0-M2.1") ? 0 : 1;

  private Constraints() {}

  public static void main(String[] arguments) {
    NextStep.write("constraints", () -> dense(1), Cases.normal(1, 5, 4), Cases.normal(2, 5, 2));
    NextStep.write(
        "constraints_rate", () -> dense(0.6), Cases.normal(1, 5, 4), Cases.normal(2, 5, 2));
    NextStep.write(
        "constraints_image", Constraints::image, Cases.normal(3, 4, 2, 5, 4), Cases.normal(4, 4, 2));
    Cases.done();
  }

  private static BaseConstraint withEpsilon(BaseConstraint constraint, double epsilon) {
    constraint.setEpsilon(epsilon);
    return constraint;
  }

  private static MultiLayerNetwork dense(double rate) {
    return Start.network(
        Start.list(
            Start.builder().updater(new Sgd(0.3)),
            InputType.feedForward(4),
            new DenseLayer.Builder()
                .nOut(3)
                .constrainWeights(withEpsilon(new MaxNormConstraint(0.5, 0), 1e-3))
                .constrainBias(new NonNegativeConstraint())
                .build(),
            new DenseLayer.Builder()
                .nOut(4)
                .constrainWeights(new UnitNormConstraint(1))
                .constrainBias(new MaxNormConstraint(0.2, OF_VECTORS))
                .build(),
            new OutputLayer.Builder(LossFunction.MSE)
                .nOut(2)
                .activation(Activation.IDENTITY)
                .constrainWeights(new MinMaxNormConstraint(0.3, 0.9, rate, 0))
                .build()));
  }

  private static MultiLayerNetwork image() {
    return Start.network(
        Start.list(
            Start.builder().updater(new Sgd(0.3)),
            InputType.convolutional(5, 4, 2),
            new ConvolutionLayer.Builder(2, 2)
                .nOut(3)
                .constrainWeights(new MaxNormConstraint(0.6, 1, 2, 3))
                .constrainBias(new MaxNormConstraint(0.2, OF_VECTORS))
                .build(),
            new BatchNormalization.Builder().build(),
            new SeparableConvolution2D.Builder(2, 2)
                .nOut(3)
                .constrainAllParameters(new NonNegativeConstraint())
                .build(),
            new ConvolutionLayer.Builder(2, 1)
                .nOut(3)
                .constrainWeights(new MinMaxNormConstraint(0.4, 0.5, 1, 0))
                .build(),
            new OutputLayer.Builder(LossFunction.MSE)
                .nOut(2)
                .activation(Activation.IDENTITY)
                .build()));
  }
}
