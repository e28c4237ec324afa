import java.nio.file.Path;
import java.util.Random;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Writes a network after three steps ({@code model.zip}) and after one more ({@code next.zip}) on
 * the inputs and {@code labels.npz}: what carried settings of training must lead to.
 */
final class NextStep {

  private NextStep() {}

  /** Writes a case. */
  static void write(
      String id, Cases.Building<MultiLayerNetwork> building, INDArray input, INDArray labels) {
    Cases.run(
        id,
        () -> {
          MultiLayerNetwork network = building.build();
          Random random = new Random(id.hashCode());
          for (Layer layer : network.getLayers()) {
            Cases.randomise(layer, random);
          }
          for (int step = 0; step < 3; step++) {
            network.fit(new DataSet(input.dup(), labels.dup()));
          }
          network.clear();
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
          if (!(most <= 1e-6)) {
            System.out.println("DIFFERS when restored and trained " + id + ": " + most);
          }
          Cases.write(
              folder,
              id,
              "Carried training: next.zip is one more step on the inputs and labels.npz.",
              new INDArray[] {input},
              new INDArray[] {output});
        });
  }
}
