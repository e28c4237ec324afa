package io.github.weighbridge.formats.keras;

import static io.github.weighbridge.formats.Resources.path;
import static io.github.weighbridge.formats.Resources.refusals;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.archive.Archive;
import io.github.weighbridge.formats.archive.ArchiveEntry;
import io.github.weighbridge.formats.archive.ArchiveEntry.Method;
import io.github.weighbridge.formats.archive.ArchiveWriter;
import io.github.weighbridge.formats.npy.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KerasFileTest {

  private static final Path FOREIGN = path("foreign");
  private static final Path FOLDER = path("keras");

  @TempDir Path temp;

  private static KerasFile open(String name) {
    return KerasFile.open(FOLDER.resolve(name));
  }

  private static KerasWeights.ByLayer byLayer(KerasFile file) {
    return (KerasWeights.ByLayer) file.weights().orElseThrow();
  }

  private static KerasWeights.ByPath byPath(KerasFile file) {
    return (KerasWeights.ByPath) file.weights().orElseThrow();
  }

  @Test
  void opensModelsInHdf5() throws IOException {
    try (KerasFile file = open("tfkeras_functional.h5")) {
      assertThat(file.form()).isEqualTo(KerasForm.MODEL_HDF5);
      assertThat(file.kerasVersion()).contains("2.21.0");
      assertThat(file.generation()).contains(KerasGeneration.KERAS_2);
      assertThat(file.backend()).contains("tensorflow");
      assertThat(file.config().orElseThrow().text("class_name")).contains("Functional");
      assertThat(file.trainingConfig().orElseThrow().text("loss")).contains("mse");
      assertThat(file.optimizerWeights()).hasSize(29);
      assertThat(file.optimizerWeights().get(0).name()).isEqualTo("Adam/iter:0");
      assertThat(file.optimizerWeights().get(0).weight().dtype()).isEqualTo(DataType.INT64);
      assertThat(file.warnings()).isEmpty();
      KerasWeights.ByLayer weights = byLayer(file);
      // The model's order, not the order of the links, which is by name.
      assertThat(weights.layers().stream().map(KerasWeights.Layer::name))
          .startsWith("img", "conv2d", "batch_normalization", "conv2d_1", "re_lu", "dropout");
      assertThat(weights.layer("batch_normalization").orElseThrow().weights())
          .extracting(NamedWeight::name)
          .containsExactly(
              "batch_normalization/gamma:0",
              "batch_normalization/beta:0",
              "batch_normalization/moving_mean:0",
              "batch_normalization/moving_variance:0");
      assertThat(weights.layer("conv2d").orElseThrow().weights().get(0).weight().sizes())
          .containsExactly(3, 3, 3, 4);
      assertThat(weights.layer("tf.__operators__.add").orElseThrow().weights()).isEmpty();
      assertThat(weights.topLevel()).isEmpty();
    }
  }

  @Test
  void opensModelsOfKeras3InHdf5() throws IOException {
    try (KerasFile file = open("keras3_sequential.h5")) {
      assertThat(file.form()).isEqualTo(KerasForm.MODEL_HDF5);
      assertThat(file.generation()).contains(KerasGeneration.KERAS_3);
      assertThat(byLayer(file).layers().get(0).weights())
          .extracting(NamedWeight::name)
          .containsExactly("sequential/dense_4/kernel", "sequential/dense_4/bias");
    }
  }

  @Test
  void opensArchives() throws IOException {
    try (KerasFile file = open("keras3_sequential.keras")) {
      assertThat(file.form()).isEqualTo(KerasForm.MODEL_ZIP);
      assertThat(file.kerasVersion()).contains("3.15.1");
      assertThat(file.generation()).contains(KerasGeneration.KERAS_3);
      assertThat(file.config().orElseThrow().text("module")).contains("keras");
      assertThat(file.trainingConfig().orElseThrow().text("loss"))
          .contains("categorical_crossentropy");
      KerasWeights.Group dense = byPath(file).at("layers/dense_1").orElseThrow();
      assertThat(dense.name()).contains("dense_5");
      assertThat(dense.path()).isEqualTo("layers/dense_1");
      assertThat(dense.variables().get(0).sizes()).containsExactly(3, 2);
      assertThat(dense.variables().get(0).region()).isPresent();
      assertThat(file.optimizerWeights()).hasSize(2);
    }
    try (KerasFile file = open("tfkeras_sequential.keras")) {
      assertThat(file.generation()).contains(KerasGeneration.KERAS_2);
      assertThat(byPath(file).at("layers/dense").orElseThrow().variables()).hasSize(2);
    }
  }

  @Test
  void readsBfloat16() throws IOException {
    try (KerasFile file = open("keras3_bfloat16.keras")) {
      assertThat(byPath(file).at("layers/dense_1").orElseThrow().variables().get(0).dtype())
          .isEqualTo(DataType.BFLOAT16);
    }
  }

  @Test
  void opensWeights() throws IOException {
    try (KerasFile file = open("tfkeras_functional_weights.h5")) {
      assertThat(file.form()).isEqualTo(KerasForm.WEIGHTS_HDF5);
      assertThat(file.config()).isEmpty();
      assertThat(byLayer(file).layers()).hasSize(14);
    }
    try (KerasFile file = open("keras3_functional.weights.h5")) {
      assertThat(file.form()).isEqualTo(KerasForm.WEIGHTS_HDF5_V3);
      assertThat(byPath(file).at("layers/sequential/layers/dense_1").orElseThrow().name())
          .contains("dense_1");
      // "10" behind "9", though HDF5 has it behind "1".
      assertThat(file.optimizerWeights().stream().map(NamedWeight::name))
          .startsWith("0", "1", "2", "3")
          .hasSize(29);
      assertThat(byPath(file).at("layers/none")).isEmpty();
    }
  }

  @Test
  void opensArchitecturesWithWeightsOfAnotherFile() throws IOException {
    try (KerasFile file = open("tfkeras_functional.json")) {
      assertThat(file.form()).isEqualTo(KerasForm.ARCHITECTURE_JSON);
      assertThat(file.kerasVersion()).contains("2.21.0");
      assertThat(file.weights()).isEmpty();
    }
    try (KerasFile file =
        KerasFile.open(
            FOLDER.resolve("tfkeras_functional.json"),
            FOLDER.resolve("tfkeras_functional_weights.h5"))) {
      assertThat(file.form()).isEqualTo(KerasForm.ARCHITECTURE_JSON);
      assertThat(byLayer(file).layers()).hasSize(14);
    }
    Path json = FOLDER.resolve("tfkeras_functional.json");
    Path weights = FOLDER.resolve("tfkeras_functional_weights.h5");
    assertThat(refusals(FOLDER, () -> KerasFile.open(json, json)))
        .containsExactly(
            "ENTRY_MISSING tfkeras_functional.json: must have weights, found an architecture alone");
    assertThat(refusals(FOLDER, () -> KerasFile.open(weights, weights)))
        .containsExactly(
            "ENTRY_MISSING tfkeras_functional_weights.h5: must have an architecture, found weights"
                + " alone");
  }

  @Test
  void opensYaml() throws IOException {
    try (KerasFile file = open("yaml_keras1.yaml")) {
      assertThat(file.form()).isEqualTo(KerasForm.ARCHITECTURE_YAML);
      assertThat(file.generation()).contains(KerasGeneration.KERAS_1);
      assertThat(file.backend()).contains("theano");
      Tree.Obj conv = file.config().orElseThrow().items("config").get(0).asObject().orElseThrow();
      assertThat(conv.object("config").orElseThrow().text("name")).contains("convolution2d_1");
    }
  }

  @Test
  void opensFoldersAndDeflatedArchives() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("m"));
    Path deflated = temp.resolve("m.keras");
    try (Archive archive = Archive.open(FOLDER.resolve("keras3_sequential.keras"));
        ArchiveWriter writer = ArchiveWriter.create(deflated)) {
      for (ArchiveEntry entry : archive.entries()) {
        byte[] bytes = archive.read(entry, 1 << 20);
        Files.write(folder.resolve(entry.name()), bytes);
        writer.write(entry.name(), Method.DEFLATED, bytes);
      }
      writer.finish();
    }
    float[] expected;
    try (KerasFile file = open("keras3_sequential.keras")) {
      expected = byPath(file).at("layers/dense").orElseThrow().variables().get(0).load().floats();
    }
    for (Path path : new Path[] {folder, deflated}) {
      try (KerasFile file = KerasFile.open(path)) {
        assertThat(file.kerasVersion()).contains("3.15.1");
        assertThat(byPath(file).at("layers/dense").orElseThrow().variables().get(0).load().floats())
            .containsExactly(expected);
      }
    }
    Files.delete(folder.resolve("metadata.json"));
    try (KerasFile file = KerasFile.open(folder)) {
      assertThat(file.generation()).contains(KerasGeneration.KERAS_3);
      assertThat(file.warnings().get(0).toString())
          .endsWith(
              "m, metadata.json: must tell the version that wrote the model, found no such"
                  + " entry; what the model looks like decides");
    }
    Files.delete(folder.resolve("model.weights.h5"));
    assertThat(refusals(temp, () -> KerasFile.open(folder)))
        .containsExactly(
            "ENTRY_MISSING m, model.weights.h5: must be in a .keras archive, found no such entry;"
                + " save the model again");
    Files.write(folder.resolve("model.weights.npz"), new byte[0]);
    assertThat(refusals(temp, () -> KerasFile.open(folder)))
        .containsExactly(
            "CODE_REFUSED m, model.weights.npz: must keep its weights as data, found Python pickles,"
                + " which are programs; save the model again; Keras writes model.weights.h5 where"
                + " h5py is installed");
  }

  @Test
  void endingsDoNotCount() throws IOException {
    Path lie = Files.copy(FOLDER.resolve("tfkeras_functional.h5"), temp.resolve("m.keras"));
    try (KerasFile file = KerasFile.open(lie)) {
      assertThat(file.form()).isEqualTo(KerasForm.MODEL_HDF5);
    }
  }

  @Test
  void tellsEveryMissingWeightAtOnce() throws IOException {
    // h5py: f["model_weights/dense_2/dense_2"] lost its bias, "inner" its group, Adam a slot.
    Path damaged = path("keras/tfkeras_missing.h5");
    assertThat(refusals(FOLDER, () -> KerasFile.open(damaged)))
        .containsExactly(
            "WEIGHT_MISSING tfkeras_missing.h5, layer 'inner': must have its weights in"
                + " /model_weights, found no group of that name; the file is damaged; save it again",
            "WEIGHT_MISSING tfkeras_missing.h5, layer 'dense_2', dense_2/bias:0: must be in"
                + " /model_weights/dense_2, which names it, found nothing of that name; the file is"
                + " damaged; save it again",
            "WEIGHT_MISSING tfkeras_missing.h5, Adam/dense/bias/v:0: must be in /optimizer_weights,"
                + " which names it, found nothing of that name; the file is damaged; save it again");
    assertThat(refusals(FOLDER, () -> KerasFile.open(path("keras/keras3_missing.weights.h5"))))
        .containsExactly(
            "WEIGHT_MISSING keras3_missing.weights.h5, /layers/dense/vars/0: must be in the file,"
                + " since 1 is, found nothing of that name; the file is damaged; save it again");
  }

  @Test
  void readsLongListsAndForeignNames() throws IOException {
    try (KerasFile file = open("legacy_names.h5")) {
      assertThat(file.generation()).contains(KerasGeneration.KERAS_1);
      assertThat(byLayer(file).layers()).hasSize(2100);
      KerasWeights.Layer first = byLayer(file).layers().get(0);
      assertThat(first.name()).isEqualTo("scope/größe");
      assertThat(first.weights().get(0).name()).isEqualTo("größe_W");
      assertThat(first.weights().get(0).weight().load().floats()).containsExactly(1, 2);
    }
  }

  /** HDF5 of other programs, by what their files have and Keras's do not. */
  @ParameterizedTest
  @CsvSource({
    "foreign_caffe.h5,weights or data of Caffe",
    "foreign_matlab.h5,a MATLAB 7.3 file",
    "foreign_netcdf.h5,a NetCDF-4 data set",
    "foreign_pytables.h5,PyTables or pandas data"
  })
  void namesHdf5OfOtherPrograms(String name, String words) {
    assertThat(refusals(FOREIGN, () -> KerasFile.open(FOREIGN.resolve(name))))
        .containsExactly(
            "FORMAT_UNSUPPORTED "
                + name
                + ": must be a Keras model or weights of one, found "
                + words
                + "; open it with its own program and save the model from Keras");
  }

  @Test
  void readsAnArchitectureThatIsATextWithinJson() throws IOException {
    String text = "\"{\\\"class_name\\\": \\\"Sequential\\\", \\\"config\\\": []}\"";
    try (KerasFile file = KerasFile.open(Files.writeString(temp.resolve("a.json"), text))) {
      assertThat(file.config().flatMap(config -> config.text("class_name"))).contains("Sequential");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'modelTopology': {}}|FORMAT_UNSUPPORTED|a model of TensorFlow.js",
        "{'name': 'Graph', 'node_config': []}|FORMAT_UNSUPPORTED|a Graph of Keras before 1.0",
        "[1]|FORMAT_UNKNOWN|no 'class_name' and 'config'"
      },
      quoteCharacter = '`')
  void namesJsonOfOtherPrograms(String json, String code, String words) throws IOException {
    Path file = Files.writeString(temp.resolve("a.json"), json.replace('\'', '"'));
    assertThat(refusals(temp, () -> KerasFile.open(file)))
        .containsExactly(
            code
                + " a.json: must be the architecture of a Keras model, found "
                + words
                + "; give a model, or what its to_json() or to_yaml() returned");
  }

  @Test
  void plainArraysStayInTheirFile() throws IOException {
    try (KerasFile file = KerasFile.open(path("npy/positional.npz"))) {
      assertThat(file.form()).isEqualTo(KerasForm.WEIGHTS_NPZ);
      KerasWeights weights = file.weights().orElseThrow();
      assertThat(weights).isInstanceOf(KerasWeights.ByName.class);
      Map<String, WeightRef> arrays = ((KerasWeights.ByName) weights).arrays();
      assertThat(arrays.keySet()).allMatch(name -> name.startsWith("arr_"));
      Npz.read(path("npy/positional.npz"))
          .forEach(
              (name, array) -> {
                WeightRef weight = Objects.requireNonNull(arrays.get(name));
                assertThat(weight.load().bytes()).isEqualTo(array.bytes());
              });
    }
  }

  /** Keras 3 writes such a file where h5py is missing. */
  @Test
  void refusesPickledWeights() throws IOException {
    Path pickled = temp.resolve("model.weights.npz");
    try (ArchiveWriter zip = ArchiveWriter.create(pickled)) {
      zip.write("layers/dense.npy", Method.STORED, Files.readAllBytes(path("npy/object.npy")));
      zip.finish();
    }
    assertThat(refusals(temp, () -> KerasFile.open(pickled)))
        .containsExactly(
            "CODE_REFUSED model.weights.npz: must keep its weights as data, found Python pickles,"
                + " which are programs; save the model again; Keras writes model.weights.h5 where"
                + " h5py is installed");
  }

  @Test
  void mergesShards() throws IOException {
    Files.copy(FOLDER.resolve("keras3_functional.weights.h5"), temp.resolve("s_00000.weights.h5"));
    Path index =
        Files.writeString(
            temp.resolve("s.weights.json"),
            "{\"weight_map\": {\"/layers/a/vars\": [\"s_00000.weights.h5\"]}}");
    try (KerasFile whole = KerasFile.open(FOLDER.resolve("keras3_functional.weights.h5"));
        KerasFile file = KerasFile.open(index)) {
      assertThat(file.form()).isEqualTo(KerasForm.WEIGHTS_SHARDS);
      assertThat(paths(byPath(file).root())).isEqualTo(paths(byPath(whole).root()));
    }
  }

  private static List<String> paths(KerasWeights.Group group) {
    List<String> paths = new ArrayList<>();
    group.vars().keySet().forEach(key -> paths.add(group.path() + "/vars/" + key));
    group.children().values().forEach(child -> paths.addAll(paths(child)));
    return paths;
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a.h5", "/etc/passwd", "..", "a\\\\b.h5", "", "C:a.h5"})
  void shardsStandBesideTheirIndex(String name) throws IOException {
    Path index =
        Files.writeString(
            temp.resolve("s.weights.json"), "{\"weight_map\": {\"/vars\": \"" + name + "\"}}");
    assertThat(refusals(temp, () -> KerasFile.open(index)))
        .containsExactly(
            "LINK_REFUSED s.weights.json, weight_map/vars: must name a file beside the index, found '"
                + name.replace("\\\\", "\\")
                + "'; the file is damaged or made to do harm");
  }

  @Test
  void tellsMissingShards() throws IOException {
    Path index =
        Files.writeString(
            temp.resolve("s.weights.json"),
            "{\"weight_map\": {\"/vars\": [\"s_00000.weights.h5\", \"s_00001.weights.h5\"]}}");
    assertThat(refusals(temp, () -> KerasFile.open(index)))
        .containsExactly(
            "ENTRY_MISSING s.weights.json, weight_map/vars: must name a file beside the index, found"
                + " no file 's_00000.weights.h5' there; copy all files that Keras wrote",
            "ENTRY_MISSING s.weights.json, weight_map/vars: must name a file beside the index, found"
                + " no file 's_00001.weights.h5' there; copy all files that Keras wrote");
  }

  @Test
  void tellsMissingNumberedWeights() {
    assertThat(refusals(FOREIGN, () -> KerasFile.open(FOREIGN.resolve("keras0_missing.h5"))))
        .containsExactly(
            "WEIGHT_MISSING keras0_missing.h5, /layer_0/param_1: must be in the file, since"
                + " nb_params counts it, found nothing of that name; the file is damaged; save it"
                + " again");
    assertThat(refusals(FOREIGN, () -> KerasFile.open(FOREIGN.resolve("keras0_uncounted.h5"))))
        .containsExactly(
            "FILE_MALFORMED keras0_uncounted.h5, /layer_0@nb_params: must be a number of 0 to"
                + " 1000000, found another or none; the file is damaged; save it again");
  }

  @Test
  void namesWhatIsNotKeras() throws IOException {
    Path plain = path("hdf5/types.h5");
    Path folder = path("hdf5");
    assertThat(refusals(folder, () -> KerasFile.open(plain)))
        .containsExactly(
            "FORMAT_UNKNOWN types.h5: must be a Keras model or weights of one, found HDF5 of another"
                + " program; save the model with Keras again");
    assertThat(refusals(path("npy"), () -> KerasFile.open(path("npy/v2.npy"))))
        .containsExactly(
            "FORMAT_UNSUPPORTED v2.npy: must be a file that Keras wrote, found a numpy array; save"
                + " the model with Keras: model.save('model.keras')");
    Path other = Files.writeString(temp.resolve("a.json"), "{}");
    assertThat(refusals(temp, () -> KerasFile.open(other)))
        .containsExactly(
            "FORMAT_UNKNOWN a.json: must be the architecture of a Keras model, found no"
                + " 'class_name' and 'config'; give a model, or what its to_json() or to_yaml()"
                + " returned");
    assertThat(refusals(temp, () -> KerasFile.open(temp.resolve("none"))))
        .containsExactly(
            "FILE_UNREADABLE none: must be a file that can be read, found no such file; check"
                + " its name");
  }
}
