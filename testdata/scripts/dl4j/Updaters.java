import java.nio.file.Path;
import java.util.Random;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
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

/**
 * For each updater a network after three steps ({@code model.zip}) and after one more ({@code
 * next.zip}) on the inputs and {@code labels.npz}: what a carried updater state must lead to.
 */
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
    String id = "updaters_" + name;
    Cases.run(
        id,
        () -> {
          MultiLayerNetwork network =
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
                          .build()));
          Random random = new Random(name.hashCode());
          for (Layer layer : network.getLayers()) {
            Cases.randomise(layer, random);
          }
          INDArray input = Cases.normal(1, 5, 2, 4, 3);
          INDArray labels = Cases.normal(2, 5, 2);
          for (int step = 0; step < 3; step++) {
            network.fit(new DataSet(input.dup(), labels.dup()));
          }
          Path folder = Cases.folder(id);
          ModelSerializer.writeModel(network, folder.resolve("model.zip").toFile(), true);
          INDArray output = network.output(input.dup(), false);
          network.fit(new DataSet(input.dup(), labels.dup()));
          ModelSerializer.writeModel(network, folder.resolve("next.zip").toFile(), true);
          Npz.write(folder.resolve("labels.npz"), labels);
          MultiLayerNetwork again =
              ModelSerializer.restoreMultiLayerNetwork(folder.resolve("model.zip").toFile(), true);
          again.fit(new DataSet(input.dup(), labels.dup()));
          double most = again.params().sub(network.params()).amaxNumber().doubleValue();
          if (most > 1e-6) {
            System.out.println("DIFFERS when restored and trained " + name + ": " + most);
          }
          Cases.write(
              folder,
              id,
              "Carried state: next.zip is one more step on the inputs and labels.npz.",
              new INDArray[] {input},
              new INDArray[] {output});
        });
  }
}
