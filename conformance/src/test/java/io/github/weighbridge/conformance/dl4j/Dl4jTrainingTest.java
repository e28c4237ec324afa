package io.github.weighbridge.conformance.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.exporter.dl4j.Dl4jExporter;
import io.github.weighbridge.exporter.dl4j.Dl4jOptions;
import io.github.weighbridge.importer.keras.KerasImportOptions;
import io.github.weighbridge.importer.keras.KerasImporter;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A model that was compiled with a loss goes on learning in DL4J. */
class Dl4jTrainingTest {

  @TempDir Path folder;

  @Test
  void learnsOn() throws IOException {
    Path zip = folder.resolve("model.zip");
    Path file = Path.of("..", "testdata", "models", "compiled_only_keras3", "model.keras");
    try (Model model = KerasImporter.read(file, KerasImportOptions.DEFAULTS)) {
      Dl4jExporter.write(model, zip, Dl4jOptions.DEFAULTS);
    }
    MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(zip.toFile(), false);
    assertThat(network.getOutputLayer()).isInstanceOf(OutputLayer.class);

    long in = network.layerInputSize(0);
    long out = network.layerSize(network.getnLayers() - 1);
    Nd4j.getRandom().setSeed(17);
    INDArray features = Nd4j.rand(DataType.FLOAT, 8, in);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, 8, out);
    labels.getColumn(0).assign(1);
    DataSet examples = new DataSet(features, labels);
    double before = network.score(examples);
    for (int i = 0; i < 50; i++) {
      network.fit(examples);
    }
    assertThat(network.score(examples)).isLessThan(before);
  }
}
