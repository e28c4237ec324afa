package io.github.weighbridge.importer.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.keras.KerasWeights;
import io.github.weighbridge.formats.keras.KerasWeights.Group;
import io.github.weighbridge.formats.keras.NamedWeight;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with weights, in whole messages; and which goes where when nothing is. */
class WeightProblemsTest {

  private static final KerasImportOptions BY_NAME = KerasImportOptions.DEFAULTS.withByName(true);
  private static final KerasImportOptions SKIPPING =
      KerasImportOptions.DEFAULTS.withSkipMismatch(true);

  @Test
  void missingByName() {
    assertThat(dense().with(named("d", weight("d/kernel:0", 3, 2))).messages())
        .containsExactly(
            "ERROR WEIGHT_MISSING model.keras, layer 'd' (Dense), bias: must be in the file with"
                + " shape [2], found only d/kernel:0; the weights belong to another architecture,"
                + " or the file is damaged");
  }

  @Test
  void missingByPath() {
    assertThat(dense().with(paths(Map.of("dense", group("layers/dense", 3, 2)))).messages())
        .containsExactly(
            "ERROR WEIGHT_MISSING model.keras, layer 'd' (Dense), bias: must be in the file with"
                + " shape [2], found only layers/dense/vars/0; the weights belong to another"
                + " architecture, or the file is damaged");
  }

  /** Whoever misses a weight is told which of the file has its shape and no layer. */
  @Test
  void namesCandidatesByShape() {
    Map<String, Group> layers = new LinkedHashMap<>();
    layers.put("ghost", group("layers/ghost", 3, 2));
    layers.put("other", group("layers/other", 2, 1));
    assertThat(dense().with(paths(layers)).messages())
        .containsExactly(
            "ERROR WEIGHT_MISSING model.keras, layer 'd' (Dense), kernel: must be in the file with"
                + " shape [3, 2], found no weights of the layer; of that shape no layer takes"
                + " 'layers/ghost/vars/0'",
            "ERROR WEIGHT_MISSING model.keras, layer 'd' (Dense), bias: must be in the file with"
                + " shape [2], found no weights of the layer; of as many numbers no layer takes"
                + " 'layers/other/vars/0'",
            "ERROR WEIGHT_UNEXPECTED model.keras, layers/ghost/vars/0: must belong to a layer of"
                + " the model, found a weight of shape [3, 2] of no layer; the weights belong to"
                + " another architecture",
            "ERROR WEIGHT_UNEXPECTED model.keras, layers/other/vars/0: must belong to a layer of"
                + " the model, found a weight of shape [2, 1] of no layer; the weights belong to"
                + " another architecture");
  }

  /** Nothing has values for a layer that the file lacks, if the model has none of its own. */
  @Test
  void byNameRefusesLayersThatNothingHas() {
    assertThat(dense().with(named("e", weight("e/kernel:0", 3, 2)), BY_NAME).messages())
        .containsExactly(
            "WARNING WEIGHT_UNEXPECTED model.keras, e/e/kernel:0: must belong to a layer of the"
                + " model, found a weight of shape [3, 2] of no layer; it is left out",
            "ERROR WEIGHT_MISSING model.keras, layer 'd' (Dense), kernel: must be in the file with"
                + " shape [3, 2], found no weights of the layer; of that shape no layer takes"
                + " 'e/e/kernel:0'",
            "ERROR WEIGHT_MISSING model.keras, layer 'd' (Dense), bias: must be in the file with"
                + " shape [2], found no weights of the layer; give a whole model in place of an"
                + " architecture: its own weights then stay");
  }

  @Test
  void byNameKeepsTheModelsOwn() {
    Architecture read = dense().with(named("d", weight("d/kernel:0", 3, 2), weight("d/bias:0", 2)));
    assertThat(read.with(named("e", weight("e/kernel:0", 3, 2)), BY_NAME).messages())
        .containsExactly(
            "WARNING WEIGHT_UNEXPECTED model.keras, e/e/kernel:0: must belong to a layer of the"
                + " model, found a weight of shape [3, 2] of no layer; it is left out",
            "WARNING WEIGHT_MISSING model.keras, layer 'd' (Dense), kernel: must be in the file"
                + " with shape [3, 2], found no weights of the layer; the model's own weight stays",
            "WARNING WEIGHT_MISSING model.keras, layer 'd' (Dense), bias: must be in the file with"
                + " shape [2], found no weights of the layer; the model's own weight stays");
    assertThat(read.table.get(read.network.layers().get(1)).weights()).hasSize(2);
  }

  @Test
  void byNameNeedsNames() {
    assertThat(
            dense()
                .with(paths(Map.of("dense", group("layers/dense", 3, 2))), BY_NAME)
                .messages()
                .get(0))
        .isEqualTo(
            "ERROR WEIGHT_MISSING model.keras: must have names of layers, being matched by name,"
                + " found weights by the classes of layers only; only Keras 3.6 and later writes"
                + " names; match by position");
  }

  @Test
  void skipsWhatHasAnotherShape() {
    Architecture read = dense().with(named("d", weight("d/kernel:0", 3, 2), weight("d/bias:0", 2)));
    NamedWeight bias = new NamedWeight("d/bias:0", WeightRef.filled(DataType.FLOAT32, 7, 2));
    assertThat(read.with(named("d", weight("d/kernel:0", 3, 4), bias), SKIPPING).messages())
        .containsExactly(
            "WARNING WEIGHT_SHAPE_MISMATCH model.keras, layer 'd' (Dense), kernel: must have shape"
                + " [3, 2], found [3, 4] in 'd/kernel:0'; it is left out, the model's own weight"
                + " stays");
    Map<String, WeightRef> weights = read.table.get(read.network.layers().get(1)).weights();
    assertThat(weights.keySet()).containsExactly("kernel", "bias");
    assertThat(Objects.requireNonNull(weights.get("kernel")).sizes()).containsExactly(3, 2);
    assertThat(Objects.requireNonNull(weights.get("bias")).load().getDouble(0)).isEqualTo(7);
  }

  @Test
  void skippingNeedsSomethingInstead() {
    assertThat(
            dense()
                .with(named("d", weight("d/kernel:0", 3, 4), weight("d/bias:0", 2)), SKIPPING)
                .messages())
        .containsExactly(
            "ERROR WEIGHT_SHAPE_MISMATCH model.keras, layer 'd' (Dense), kernel: must have shape"
                + " [3, 2], found [3, 4] in 'd/kernel:0'; give a whole model in place of an"
                + " architecture: its own weights then stay");
  }

  /** However the program that wrote them names weights. */
  @ParameterizedTest
  @CsvSource({
    "d/kernel,d/bias",
    "d/kernel:0,d/bias:0",
    "model/d/kernel,model/d/bias",
    "arr_0,arr_1"
  })
  void plainArraysByName(String kernel, String bias) {
    Architecture read = dense().with(arrays(kernel, 3, 2).and(bias, 2).weights());
    assertThat(read.messages()).isEmpty();
    Map<String, WeightRef> weights = read.table.get(read.network.layers().get(1)).weights();
    assertThat(Objects.requireNonNull(weights.get("bias")).sizes()).containsExactly(2);
  }

  @Test
  void plainArraysInAnyOrderOfTheFile() {
    Architecture read = dense().with(arrays("d/bias", 2).and("d/kernel", 3, 2).weights());
    assertThat(read.messages()).isEmpty();
  }

  @Test
  void plainArraysThatDoNotFit() {
    assertThat(dense().with(arrays("d/kernel", 3, 2).and("e/bias", 2).weights()).messages())
        .containsExactly(
            "ERROR WEIGHT_MISSING model.keras, layer 'd' (Dense), bias: must be in the file with"
                + " shape [2], found other weights of the layer; of that shape no layer takes"
                + " 'e/bias'",
            "ERROR WEIGHT_UNEXPECTED model.keras, e/bias: must belong to a layer of the model,"
                + " found a weight of shape [2] of no layer; the weights belong to another"
                + " architecture");
    assertThat(dense().with(arrays("arr_0", 3, 2).weights()).messages())
        .containsExactly(
            "ERROR WEIGHT_MISSING model.keras: must have 2 arrays, the weights of the model, found"
                + " 1 arrays by number; name the arrays as the weights of the model");
    assertThat(dense().with(arrays("arr_0", 3, 2).and("arr_1", 2).weights(), BY_NAME).messages())
        .containsExactly(
            "ERROR WEIGHT_MISSING model.keras: must have names of layers, being matched by name,"
                + " found 2 arrays by number; name the arrays as the weights of the model");
  }

  /** Arrays of an .npz file. */
  private record Arrays(Map<String, WeightRef> byName) {
    Arrays and(String name, long... sizes) {
      byName.put(name, WeightRef.filled(DataType.FLOAT32, 1, sizes));
      return this;
    }

    KerasWeights weights() {
      return new KerasWeights.ByName(byName);
    }
  }

  private static Arrays arrays(String name, long... sizes) {
    return new Arrays(new LinkedHashMap<>()).and(name, sizes);
  }

  @Test
  void unexpectedInLayer() {
    KerasWeights weights =
        named("d", weight("d/kernel:0", 3, 2), weight("d/bias:0", 2), weight("d/gain:0", 2));
    assertThat(dense().with(weights).messages())
        .containsExactly(
            "ERROR WEIGHT_UNEXPECTED model.keras, layer 'd' (Dense), d/gain:0: must be a weight"
                + " that the layer has, found a surplus one of shape [2]; the weights belong to"
                + " another architecture, or its configuration was changed");
  }

  @Test
  void unexpectedLayer() {
    Map<String, Group> layers = new LinkedHashMap<>();
    layers.put("dense", denseGroup("layers/dense", Optional.empty()));
    layers.put("ghost", group("layers/ghost", 4, 4));
    assertThat(dense().with(paths(layers)).messages())
        .containsExactly(
            "ERROR WEIGHT_UNEXPECTED model.keras, layers/ghost/vars/0: must belong to a layer of"
                + " the model, found a weight of shape [4, 4] of no layer; the weights belong to"
                + " another architecture");
  }

  @Test
  void otherShapesAreToldTogether() {
    assertThat(
            dense().with(named("d", weight("d/bias:0", 2), weight("d/kernel:0", 3, 2))).messages())
        .containsExactly(
            "ERROR WEIGHT_SHAPE_MISMATCH model.keras, layer 'd' (Dense), kernel: must have shape"
                + " [3, 2], found [2] in 'd/bias:0'; the weights belong to another architecture,"
                + " or its configuration was changed",
            "ERROR WEIGHT_SHAPE_MISMATCH model.keras, layer 'd' (Dense), bias: must have shape [2],"
                + " found [3, 2] in 'd/kernel:0'; the weights belong to another architecture, or"
                + " its configuration was changed");
  }

  @Test
  void otherType() {
    NamedWeight kernel = new NamedWeight("d/kernel:0", WeightRef.filled(DataType.INT32, 1, 3, 2));
    assertThat(dense().with(named("d", kernel, weight("d/bias:0", 2))).messages())
        .containsExactly(
            "ERROR WEIGHT_DTYPE_MISMATCH model.keras, layer 'd' (Dense), kernel: must have type"
                + " float32, found int32 in 'd/kernel:0'; save the weights with the layer's dtype");
  }

  @Test
  void otherNameIsOnlyAWarning() {
    KerasWeights weights =
        paths(Map.of("dense", denseGroup("layers/dense", Optional.of("dense_7"))));
    assertThat(dense().with(weights).messages())
        .containsExactly(
            "WARNING WEIGHT_UNEXPECTED model.keras, layer 'd' (Dense), layers/dense: should say"
                + " that it belongs to the layer, found 'dense_7'; weights are matched by position;"
                + " compare predictions");
  }

  @Test
  void floatingPointTypesAreKept() {
    Architecture read = dense();
    NamedWeight kernel = new NamedWeight("d/kernel:0", WeightRef.filled(DataType.FLOAT64, 1, 3, 2));
    assertThat(read.with(named("d", kernel, weight("d/bias:0", 2))).messages()).isEmpty();
    LayerInstance layer = read.table.get(read.network.layers().get(1));
    assertThat(layer.weights().values())
        .extracting(WeightRef::dtype)
        .containsExactly(DataType.FLOAT64, DataType.FLOAT32);
  }

  /** Frozen layers of a nested model stand behind those that train. */
  @Test
  void frozenLayersOfNestedModelsComeLast() {
    String nested =
        "{'class_name': 'Sequential', 'config': {'name': 'n', 'layers': [%s, %s]}}"
            .formatted(
                Architecture.dense("frozen", ", 'batch_input_shape': [null, 3]")
                    .replace("'trainable': true", "'trainable': false"),
                Architecture.dense("free", ""));
    Architecture read = Architecture.keras3(Architecture.sequential(nested));
    KerasWeights weights =
        named(
            "n",
            weight("free/kernel:0", 2, 2),
            weight("free/bias:0", 2),
            weight("frozen/kernel:0", 3, 2),
            weight("frozen/bias:0", 2));
    assertThat(read.with(weights).messages()).isEmpty();
  }

  /** Weights of another build of the model have other layer names; their order counts. */
  @Test
  void otherLayerNamesMatchInOrder() {
    KerasWeights weights =
        named("dense_9", weight("dense_9/kernel:0", 3, 2), weight("dense_9/bias:0", 2));
    Architecture read = dense().with(weights);
    assertThat(read.messages()).isEmpty();
    assertThat(read.table.get(read.network.layers().get(1)).weights()).containsKey("bias");
  }

  private static Architecture dense() {
    return Architecture.keras3(Architecture.sequential(Architecture.dense("d", "")));
  }

  private static NamedWeight weight(String name, long... sizes) {
    return new NamedWeight(name, WeightRef.filled(DataType.FLOAT32, 1, sizes));
  }

  private static KerasWeights named(String layer, NamedWeight... weights) {
    return new KerasWeights.ByLayer(
        List.of(new KerasWeights.Layer(layer, List.of(weights))), List.of());
  }

  private static KerasWeights paths(Map<String, Group> layers) {
    Group container = new Group("layers", Optional.empty(), Map.of(), layers);
    return new KerasWeights.ByPath(
        new Group("", Optional.empty(), Map.of(), Map.of("layers", container)));
  }

  private static Group group(String path, long... sizes) {
    return new Group(
        path,
        Optional.empty(),
        Map.of("0", WeightRef.filled(DataType.FLOAT32, 1, sizes)),
        Map.of());
  }

  private static Group denseGroup(String path, Optional<String> name) {
    Map<String, WeightRef> vars = new LinkedHashMap<>();
    vars.put("0", WeightRef.filled(DataType.FLOAT32, 1, 3, 2));
    vars.put("1", WeightRef.filled(DataType.FLOAT32, 1, 2));
    return new Group(path, name, vars, Map.of());
  }
}
