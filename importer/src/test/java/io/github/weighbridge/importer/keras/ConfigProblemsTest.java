package io.github.weighbridge.importer.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.weighbridge.core.layer.OpaqueLayer;
import io.github.weighbridge.core.problem.ProblemsException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is wrong with configurations and graphs, in whole messages. */
class ConfigProblemsTest {

  @Test
  void unknownKey() {
    assertThat(denseWith(", 'gain': 0.5").messages())
        .containsExactly(
            "ERROR CONFIG_KEY_UNKNOWN model.keras, layer 'd' (Dense), gain: must be a known key;"
                + " known are activation, activity_regularizer, bias_constraint, bias_initializer,"
                + " bias_regularizer, kernel_constraint, kernel_initializer, kernel_regularizer,"
                + " quantization_config, units, use_bias, found 0.5; if it has no effect on"
                + " predictions, allow the key gain");
  }

  @Test
  void allowedKeyIsToldAndKept() {
    Architecture read =
        Architecture.keras3(
            Architecture.sequential(Architecture.dense("d", ", 'gain': 0.5")),
            KerasImportOptions.DEFAULTS.withAllowedKeys(Set.of("gain")));
    assertThat(read.messages())
        .containsExactly(
            "WARNING CONFIG_KEY_UNKNOWN model.keras, layer 'd' (Dense), gain: is not known and has"
                + " no effect, found 0.5");
    assertThat(read.table.get(read.network.layers().get(1)).extras().toString())
        .isEqualTo("{\"gain\": 0.5}");
  }

  @Test
  void neutralKeysAreKeptInSilence() {
    assertThat(
            denseWith(", 'gain': null, 'later': false, 'lora_rank': 4, 'batch_input_shape': [1, 3]")
                .messages())
        .isEmpty();
  }

  @Test
  void unsupportedOption() {
    assertThat(denseWith(", 'time_major': true").messages())
        .containsExactly(
            "ERROR LAYER_UNSUPPORTED model.keras, layer 'd' (Dense), time_major: must not ask"
                + " for time before batch, which is not supported, found true; build the model"
                + " without it");
  }

  @Test
  void missingKeyAndInvalidValueAreToldTogether() {
    String layers =
        Architecture.dense("a", "").replace("'units': 2,", "")
            + ", "
            + Architecture.dense("b", "").replace("'units': 2", "'units': 'two'");
    assertThat(Architecture.keras3(Architecture.sequential(layers)).messages())
        .containsExactly(
            "ERROR CONFIG_KEY_MISSING model.keras, layer 'a' (Dense), units: must be in the"
                + " configuration; the file may be of a version that is not known here",
            "ERROR CONFIG_VALUE_INVALID model.keras, layer 'b' (Dense), units: must be a whole"
                + " number, found \"two\"; correct it where the model is built, and save it again");
  }

  @Test
  void layerNameTwice() {
    String layers = Architecture.dense("d", "") + ", " + Architecture.dense("d", "");
    assertThat(Architecture.keras3(Architecture.sequential(layers)).messages())
        .containsExactly(
            "ERROR CONFIG_VALUE_INVALID model.keras, layer 'd' (Dense), name: must be the name"
                + " of one layer of 'model' only, found a second one; give each layer a name of its"
                + " own");
  }

  @Test
  void quantisedAsUnknown() {
    String policy = ", 'dtype': {'class_name': 'QuantizedDTypePolicy', 'config': {'mode': 'int3'}}";
    assertThat(denseWith(policy).messages())
        .containsExactly(
            "ERROR DTYPE_UNSUPPORTED model.keras, layer 'd' (Dense), dtype: must be a data type, a"
                + " mixed policy or a quantised one of Keras, found \"int3_from_float32\"");
  }

  @Test
  void quantisedInOtherGroups() {
    String config =
        ", 'dtype': {'class_name': 'Int4DTypePolicy', 'config': {'mode': 'int4/8', 'source_name':"
            + " 'float32'}}, 'quantization_config': {'class_name': 'Int4QuantizationConfig',"
            + " 'config': {'activation_quantizer': null, 'block_size': 4}}";
    assertThat(denseWith(config).messages())
        .containsExactly(
            "ERROR CONFIG_VALUE_INVALID model.keras, layer 'd' (Dense), quantization_config: must"
                + " have groups of the size that the policy has, found 4 with int4/8_from_float32");
  }

  @Test
  void quantisedActivation() {
    String layer =
        "{'class_name': 'ReLU', 'config': {'name': 'r', 'dtype': 'int8_from_float32',"
            + " 'max_value': null, 'negative_slope': 0.0, 'threshold': 0.0}}";
    assertThat(Architecture.keras3(Architecture.sequential(layer)).messages())
        .containsExactly(
            "ERROR DTYPE_UNSUPPORTED model.keras, layer 'r' (ReLU), dtype: must not be quantised,"
                + " which Keras does to Dense, EinsumDense and Embedding alone, found"
                + " int8_from_float32");
  }

  @Test
  void quantisedEmbeddingInFloat8() {
    String layer =
        "{'class_name': 'Embedding', 'config': {'name': 'e', 'dtype': 'float8_from_float32',"
            + " 'input_dim': 3, 'output_dim': 2, 'embeddings_initializer': {'class_name':"
            + " 'Zeros', 'config': {}},"
            + " 'embeddings_regularizer': null, 'embeddings_constraint': null}}";
    assertThat(Architecture.keras3(Architecture.sequential(layer)).messages())
        .containsExactly(
            "ERROR DTYPE_UNSUPPORTED model.keras, layer 'e' (Embedding), dtype: must be of a mode in"
                + " which Keras quantises the layer, found float8_from_float32");
  }

  @Test
  void modelWithoutLayers() {
    ProblemsException refused =
        catchThrowableOfType(
            ProblemsException.class,
            () -> Architecture.keras3("{'class_name': 'Tower', 'config': {'name': 'm'}}"));
    assertThat(Architecture.messages(refused))
        .containsExactly(
            "ERROR CONFIG_KEY_MISSING model.keras, layer 'm' (Tower), layers: must have layers in"
                + " its configuration, found none; a subclass of Model keeps its layers in code;"
                + " rebuild it as a functional model");
  }

  @Test
  void inputShapeNowhere() {
    String model =
        "{'class_name': 'Sequential', 'config': {'name': 'model', 'layers': [%s]}}"
            .formatted(Architecture.dense("d", ""));
    assertThat(Architecture.keras3(model).messages())
        .containsExactly(
            "ERROR INPUT_SHAPE_UNKNOWN model.keras, layer 'model' (Sequential): must tell the shape"
                + " of its input, in an InputLayer, batch_input_shape or build_input_shape, found"
                + " none of them; call the model once on data before saving it");
  }

  @Test
  void shapeMismatch() {
    String layers =
        "{'class_name': 'RepeatVector', 'config': {'name': 'r', 'n': 2}},"
            + "{'class_name': 'RepeatVector', 'config': {'name': 's', 'n': 2}}";
    assertThat(Architecture.keras3(Architecture.sequential(layers)).messages())
        .containsExactly(
            "ERROR SHAPE_MISMATCH model.keras, layer 's' (RepeatVector): an input of rank 2 is"
                + " needed, got [batch, 2, 3], found r: float32[batch, 2, 3]; the file is damaged, or"
                + " its configuration was changed");
  }

  @Test
  void sizesThatOverflow() {
    String layers =
        "{'class_name': 'Reshape', 'config': {'name': 'r', 'target_shape': [3, 1]}},"
            + "{'class_name': 'UpSampling1D', 'config': {'name': 'u', 'size': 2147483647}},"
            + "{'class_name': 'UpSampling1D', 'config': {'name': 'v', 'size': 2147483647}}";
    assertThat(Architecture.keras3(Architecture.sequential(layers)).messages())
        .containsExactly(
            "ERROR SHAPE_MISMATCH model.keras, layer 'v' (UpSampling1D): must have sizes that"
                + " fit 64 bits, found u: float32[batch, 6442450941, 1]; the file is damaged, or its"
                + " configuration was changed");
  }

  @Test
  void missingLayerCallAndOutput() {
    Architecture read =
        functional(call("a", "['nowhere', 0, 0]") + "," + call("b", "['x', 2, 0]"), "['x', 0, 1]");
    assertThat(read.messages())
        .containsExactly(
            "ERROR REFERENCE_MISSING model.keras, layer 'a' (Dense): must refer to what a layer of"
                + " the model returns, found output 0 of call 0 of layer 'nowhere'; the model has"
                + " no such layer or call",
            "ERROR REFERENCE_MISSING model.keras, layer 'b' (Dense): must refer to what a layer of"
                + " the model returns, found output 0 of call 2 of layer 'x'; the model has no"
                + " such layer or call",
            "ERROR REFERENCE_MISSING model.keras, layer 'model' (Functional), output_layers: must"
                + " refer to what a layer of the model returns, found output 1 of call 0 of layer"
                + " 'x'; that call returns 1 output");
  }

  @Test
  void cycle() {
    Architecture read =
        functional(call("a", "['b', 0, 0]") + "," + call("b", "['a', 0, 0]"), "['a', 0, 0]");
    assertThat(read.messages())
        .containsExactly(
            "ERROR GRAPH_UNCONNECTED model.keras, layer 'a' (Dense): must get its inputs from"
                + " calls that do not depend on it, found it waits for 'b'; the file is damaged; save"
                + " the model again",
            "ERROR GRAPH_UNCONNECTED model.keras, layer 'b' (Dense): must get its inputs from"
                + " calls that do not depend on it, found it waits for 'a'; the file is damaged; save"
                + " the model again");
  }

  @Test
  void unknownLayerIsReadAsOpaque() {
    Architecture read =
        Architecture.keras3(
            Architecture.sequential(
                "{'class_name': 'Shop>Scale', 'config': {'name': 's', 'gain': [1, 2]}}"));
    assertThat(read.messages()).isEmpty();
    OpaqueLayer layer = (OpaqueLayer) read.table.get(read.network.layers().get(1)).layer();
    assertThat(layer.className()).isEqualTo("Shop>Scale");
    assertThat(layer.reason())
        .isEqualTo(
            "the class Shop>Scale is not known here; a custom layer can teach it, see"
                + " docs/custom-layers.md");
    assertThat(layer.config().items("gain")).hasSize(2);
  }

  private static Architecture denseWith(String more) {
    return Architecture.keras3(Architecture.sequential(Architecture.dense("d", more)));
  }

  private static String call(String name, String source) {
    String node =
        """
        , 'inbound_nodes': [{'args': [{'class_name': '__keras_tensor__',
          'config': {'keras_history': %s}}], 'kwargs': {}}]}"""
            .formatted(source);
    String dense = Architecture.dense(name, "");
    return dense.substring(0, dense.length() - 1) + node;
  }

  private static Architecture functional(String layers, String output) {
    return Architecture.keras3(
        """
        {'class_name': 'Functional', 'config': {'name': 'model', 'layers': [
          {'class_name': 'InputLayer', 'config': {'name': 'x', 'batch_shape': [null, 3],
           'dtype': 'float32'}, 'inbound_nodes': []}, %s],
          'input_layers': ['x', 0, 0], 'output_layers': %s}}"""
            .formatted(layers, output));
  }
}
