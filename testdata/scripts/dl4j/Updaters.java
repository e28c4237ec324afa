import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** {@code updaters_*}: the state of each updater after some steps, and one more step. */
final class Updaters {

  private Updaters() {}

  public static void main(String[] arguments) {
    write("sgd", new Sgd(0.1));
    write("nesterovs", new Nesterovs(0.1, 0.8));
    write("adam", new Adam(0.01, 0.85, 0.99, 1e-6));
    write("amsgrad", new AMSGrad(0.02));
    write("adamax", new AdaMax(0.02));
    write("nadam", new Nadam(0.02));
    write("adagrad", new AdaGrad(0.03));
    write("adadelta", new AdaDelta(0.9, 1e-5));
    write("rmsprop", new RmsProp(0.02, 0.85, 1e-6));
    Cases.done();
  }

  private static void write(String name, IUpdater updater) {
    NextStep.write(
        "updaters_" + name,
        () ->
            Start.network(
                Start.list(
                    Start.builder().updater(updater),
                    InputType.convolutional(4, 3, 2),
                    new ConvolutionLayer.Builder(2, 2).nOut(3).build(),
                    new BatchNormalization.Builder().useLogStd(false).build(),
                    new DenseLayer.Builder().nOut(4).activation(Activation.SIGMOID).build(),
                    new OutputLayer.Builder(LossFunction.MSE)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build())),
        Cases.normal(1, 5, 2, 4, 3),
        Cases.normal(2, 5, 2));
  }
}
