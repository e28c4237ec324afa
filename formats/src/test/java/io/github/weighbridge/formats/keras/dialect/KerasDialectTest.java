package io.github.weighbridge.formats.keras.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.formats.config.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each generation wrote, and what it is in canonical form. */
class KerasDialectTest {

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // Values that mean something else.
        "TF_KERAS|Activation|{'activation':'hard_sigmoid'}|{'activation':{'name':'hard_sigmoid','slope':0.2,'offset':0.5},'dtype':'float32'}",
        "KERAS_3 |Activation|{'activation':'hard_sigmoid'}|{'activation':'hard_sigmoid','dtype':'float32'}",
        "TF_KERAS|GRU|{'units':2}|{'units':2,'reset_after':false,'masked_with_state':true,'zero_output_for_mask':false,'time_major':false,'seed':null,'activity_regularizer':null,'unroll':false,'stateful':false,'return_state':false,'dropout':0.0,'recurrent_dropout':0.0,'dtype':'float32'}",
        "TF_KERAS|CuDNNLSTM|{'units':2,'unit_forget_bias':false,'stateful':true}|{'units':2,'unit_forget_bias':false,'stateful':true,'activation':'tanh','recurrent_activation':'sigmoid','use_bias':true,'masked_with_state':true,'zero_output_for_mask':false,'time_major':false,'seed':null,'activity_regularizer':null,'unroll':false,'return_state':false,'dropout':0.0,'recurrent_dropout':0.0,'dtype':'float32'}",
        "TF_KERAS|StackedRNNCells|{'cells':[{'class_name':'LeakyReLU','config':{'name':'a','alpha':0.1}}]}|{'cells':[{'class_name':'LeakyReLU','name':'a','config':{'name':'a','negative_slope':0.1,'dtype':'float32'}}],'dtype':'float32'}",
        // Activations in every form.
        "KERAS_3 |Activation|{'activation':null}|{'activation':'linear','dtype':'float32'}",
        "KERAS_3 |Activation|{'activation':'swish'}|{'activation':'silu','dtype':'float32'}",
        "TF_KERAS|Activation|{'activation':{'class_name':'function','config':'gelu'}}|{'activation':'gelu','dtype':'float32'}",
        "TF_KERAS|Activation|{'activation':{'class_name':'LeakyReLU','config':{'alpha':0.3}}}|{'activation':{'name':'leaky_relu','negative_slope':0.3},'dtype':'float32'}",
        "KERAS_3 |Activation|{'activation':{'class_name':'ReLU','config':{'max_value':6.0,'negative_slope':0.0,'threshold':0.0}}}|{'activation':{'name':'relu','max_value':6.0},'dtype':'float32'}",
        // Keys by other names, in other forms, or not yet there.
        "TF_KERAS|LeakyReLU|{'alpha':0.1}|{'negative_slope':0.1,'dtype':'float32'}",
        "TF_KERAS|InputLayer|{'batch_input_shape':[null,2]}|{'batch_shape':[null,2],'dtype':'float32'}",
        "KERAS_3 |ZeroPadding1D|{'padding':[1,2]}|{'padding':[[1,2]],'data_format':'channels_last','dtype':'float32'}",
        "KERAS_3 |Cropping2D|{'cropping':[1,2]}|{'cropping':[[1,1],[2,2]],'data_format':'channels_last','dtype':'float32'}",
        "KERAS_3 |UpSampling1D|{'size':3}|{'size':[3],'interpolation':'nearest','half_pixel_centers':true,'keeps_type':true,'data_format':'channels_last','dtype':'float32'}",
        "TF_KERAS|MaxPooling2D|{'pool_size':[2,3],'strides':null}|{'pool_size':[2,3],'strides':[2,3],'data_format':'channels_last','dtype':'float32'}",
        "TF_KERAS|ReLU|{'max_value':{'class_name':'__numpy__','config':{'value':6.0,'dtype':'float32'}}}|{'max_value':6.0,'negative_slope':0.0,'threshold':0.0,'dtype':'float32'}",
        "KERAS_3 |PReLU|{'alpha_initializer':null}|{'alpha_initializer':{'class_name':'GlorotUniform','config':{'seed':null}},'shared_axes':null,'dtype':'float32'}",
        // Policies by name.
        "KERAS_3 |Masking|{'dtype':{'class_name':'DTypePolicy','config':{'name':'mixed_float16'}}}|{'dtype':'mixed_float16'}",
        "TF_KERAS|Masking|{'dtype':{'class_name':'Policy','config':{'name':'float64'}}}|{'dtype':'float64'}",
      })
  void configuration(KerasDialect dialect, String className, String written, String canonical) {
    Tree.Obj layer =
        json("{'class_name': '%s', 'config': %s}".formatted(className.strip(), written));
    assertThat(dialect.toCanonical(layer).get("config")).contains(json(canonical));
  }

  @ParameterizedTest
  @CsvSource({
    "MaxPool2D, MaxPooling2D",
    "GlobalAvgPool1D, GlobalAveragePooling1D",
    "Convolution2DTranspose, Conv2DTranspose",
    "BatchNormalizationV2, BatchNormalization",
    "LSTMV1, LSTM",
    "CuDNNGRU, GRU",
  })
  void alias(String written, String canonical) {
    Tree.Obj layer = json("{'class_name': '%s', 'config': {'name': 'a'}}".formatted(written));
    Tree.Obj read = KerasDialect.TF_KERAS.toCanonical(layer);
    assertThat(read.text("class_name")).contains(canonical);
    assertThat(read.text("file_class")).contains(written);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "layer     |Dense|[[['x',0,0,{}]]]|{'args':[@x00],'kwargs':{}}",
        "merge     |Add|[[['x',0,0,{}],['y',0,1,{}]]]|{'args':[[@x00,@y01]],'kwargs':{}}",
        "keyword   |LSTM|[[['x',0,0,{'mask':['y',0,0]}]]]|{'args':[@x00],'kwargs':{'mask':@y00}}",
        "constant  |Dense|[['_CONSTANT_VALUE',-1,2.0,{'k':['x',0,0]}]]|{'args':[2.0],'kwargs':{'k':@x00}}",
        "three     |Dense|[[['x',0,0]]]|{'args':[@x00],'kwargs':{}}",
      })
  void nodeOfTfKeras(String name, String className, String written, String canonical) {
    Tree.Obj model = network(className, written);
    Tree.Obj read = KerasDialect.TF_KERAS.toCanonical(model);
    String expected =
        canonical.replaceAll(
            "@(\\w)(\\d)(\\d)",
            "{'class_name':'__keras_tensor__','config':{'keras_history':['$1',$2,$3]}}");
    assertThat(node(read)).isEqualTo(json(expected));
  }

  @Test
  void functionsOfTensorFlowHaveKeras3sArguments() {
    Tree.Obj function =
        TfKerasOperations.toKeras3(
            json(
                """
                {'class_name': 'TFOpLambda', 'name': 'f', 'config': {'name': 'f',
                 'function': 'math.reduce_mean'},
                 'inbound_nodes': [{'args': [1], 'kwargs': {'axis': 1, 'name': null}}]}"""));
    assertThat(TfKerasOperations.withArguments(function).without("written"))
        .isEqualTo(
            json(
                """
                {'class_name': 'tf.math.reduce_mean', 'name': 'f', 'config': {'name': 'f'},
                 'inbound_nodes': [{'args': [1], 'kwargs': {'axis': 1}}], 'operation': true}"""));
  }

  @Test
  void arraysBesideTensorsOfTensorFlowHaveNoType() {
    Tree.Obj function =
        TfKerasOperations.toKeras3(
            json(
                """
                {'class_name': 'TFOpLambda', 'name': 'f', 'config': {'name': 'f',
                 'function': '__operators__.add'},
                 'inbound_nodes': [{'args': ['x'], 'kwargs': {'y': [1.0, 2.0]}}]}"""));
    assertThat(TfKerasOperations.withArguments(function).without("written"))
        .isEqualTo(
            json(
                """
                {'class_name': 'Add', 'name': 'f', 'config': {'name': 'f'},
                 'inbound_nodes': [{'args': ['x', {'class_name': '__tensor__',
                 'config': {'value': [1.0, 2.0]}}], 'kwargs': {}}], 'operation': true}"""));
  }

  @Test
  void nodesOfTensorFlowAreCallsOfItsFunctions() {
    Tree.Obj node =
        TfKerasOperations.toKeras3(
            json(
                """
                {'class_name': 'TensorFlowOpLayer', 'name': 'tf_op_layer_split', 'config':
                 {'name': 'split', 'constants': {'0': 1}, 'node_def': {'op': 'Split',
                 'attr': {'num_split': {'i': '2'}, 'T': {'type': 'DT_FLOAT'}}}},
                 'inbound_nodes': [{'args': [['x']], 'kwargs': {}}]}"""));
    assertThat(TfKerasOperations.withArguments(node).without("written"))
        .isEqualTo(
            json(
                """
                {'class_name': 'tf.split', 'name': 'tf_op_layer_split',
                 'config': {'name': 'tf_op_layer_split'},
                 'inbound_nodes': [{'args': ['x'],
                 'kwargs': {'axis': 1, 'num_or_size_splits': 2}}], 'operation': true}"""));
  }

  @Test
  void sequentialGetsItsInput() {
    Tree.Obj model =
        json(
            """
            {'class_name': 'Sequential', 'config': [{'class_name': 'Dense',
             'config': {'name': 'd', 'batch_input_shape': [null, 3], 'dtype': 'float32'}}]}""");
    Tree.Obj read = KerasDialect.TF_KERAS.toCanonical(model);
    assertThat(read.object("config").orElseThrow().items("layers").get(0))
        .isEqualTo(
            json(
                """
                {'class_name': 'InputLayer', 'name': 'd_input', 'config': {'name': 'd_input',
                 'batch_shape': [null, 3], 'dtype': 'float32'}}"""));
  }

  @Test
  void sequentialsWithoutNamesGetOneEach() {
    Tree.Obj model =
        json(
            """
            {'class_name': 'Sequential', 'config': [
             {'class_name': 'Sequential', 'config': [{'class_name': 'Dense', 'config':
              {'name': 'd', 'batch_input_shape': [null, 3]}}]},
             {'class_name': 'Dense', 'config': {'name': 'sequential_1'}},
             {'class_name': 'Sequential', 'config': [{'class_name': 'Dense', 'config':
              {'name': 'e', 'batch_input_shape': [null, 4]}}]}]}""");
    List<Tree.Obj> layers =
        KerasDialect.TF_KERAS
            .toCanonical(model)
            .object("config")
            .orElseThrow()
            .items("layers")
            .stream()
            .flatMap(layer -> layer.asObject().stream())
            .toList();
    assertThat(layers.stream().map(layer -> layer.text("name").orElse("")))
        .containsExactly("sequential_input", "sequential", "sequential_1", "sequential_2");
    assertThat(layers.get(3).object("config").flatMap(c -> c.text("name")))
        .contains("sequential_2");
  }

  @Test
  void keras2ReadsWhatKeras1MergedInFrontOfASequential() {
    Tree.Obj model =
        json(
            """
            {'class_name': 'Sequential', 'config': [
             {'class_name': 'Merge', 'config': {'name': 'm', 'mode': 'concat', 'concat_axis': -1,
              'mode_type': 'raw', 'layers': [
              {'class_name': 'Sequential', 'config': [{'class_name': 'Dense', 'config':
               {'name': 'a', 'dtype': 'float64', 'batch_input_shape': [null, 3]}}]},
              {'class_name': 'Sequential', 'config': [{'class_name': 'Dense', 'config':
               {'name': 'b', 'batch_input_shape': [null, 4]}}]}]}},
             {'class_name': 'Dense', 'config': {'name': 'd'}}]}""");
    Tree.Obj config = KerasDialect.TF_KERAS.toCanonical(model).object("config").orElseThrow();
    List<Tree.Obj> layers =
        config.items("layers").stream().flatMap(layer -> layer.asObject().stream()).toList();
    assertThat(layers.stream().map(layer -> layer.text("class_name").orElse("")))
        .containsExactly("InputLayer", "Dense", "InputLayer", "Dense", "Concatenate", "Dense");
    assertThat(layers.get(0).object("config").flatMap(c -> c.text("dtype"))).contains("float64");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "several backends|{'return_sequences':true}|false",
        "TensorFlow 1.13|{'time_major':false,'zero_output_for_mask':true}|false",
        "tf.keras|{'time_major':false}|true",
      })
  void maskedStepsOfBothDirections(String writer, String inner, boolean zeroed) {
    Tree.Obj layer =
        json(
            "{'class_name':'Bidirectional','config':{'name':'b','layer':{'class_name':'LSTM',"
                + "'config':"
                + inner
                + "}}}");
    Tree.Obj config = KerasDialect.TF_KERAS.toCanonical(layer).object("config").orElseThrow();
    assertThat(config.get("zeroes_masked")).contains(Tree.of(zeroed));
  }

  @Test
  void backwardLayerIsTheForwardOneTurnedRound() {
    Tree.Obj layer =
        json(
            """
            {'class_name': 'Bidirectional', 'config': {'name': 'b', 'layer':
             {'class_name': 'GRU', 'config': {'name': 'gru', 'go_backwards': false}}}}""");
    Tree.Obj config = KerasDialect.TF_KERAS.toCanonical(layer).object("config").orElseThrow();
    assertThat(config.text("merge_mode")).contains("concat");
    Tree.Obj backward =
        config.object("backward_layer").flatMap(l -> l.object("config")).orElseThrow();
    assertThat(backward.text("name")).contains("backward_gru");
    assertThat(backward.get("go_backwards")).contains(Tree.of(true));
  }

  @Test
  void functionsAndLayersOfOneNameAreToldApart() {
    String ofLayer = "{'class_name': 'Add', 'config': {'name': 'a', 'trainable': true}}";
    String ofFunction =
        "{'class_name': 'Add', 'name': 'a', 'config': {'name': 'a'}, 'inbound_nodes': []}";
    String byModule =
        "{'module': 'keras.src.ops.numpy', 'class_name': 'Add', 'config': {'name': 'a'}}";
    assertThat(KerasDialect.KERAS_3.toCanonical(json(ofLayer)).has("operation")).isFalse();
    assertThat(KerasDialect.KERAS_3.toCanonical(json(ofFunction)).has("operation")).isTrue();
    assertThat(KerasDialect.KERAS_3.toCanonical(json(byModule)).has("operation")).isTrue();
  }

  private static Tree.Obj network(String className, String nodes) {
    return json(
        """
        {'class_name': 'Functional', 'config': {'name': 'm', 'layers': [
          {'class_name': 'InputLayer', 'name': 'x', 'config': {'name': 'x'}, 'inbound_nodes': []},
          {'class_name': 'InputLayer', 'name': 'y', 'config': {'name': 'y'}, 'inbound_nodes': []},
          {'class_name': '%s', 'name': 'l', 'config': {'name': 'l'}, 'inbound_nodes': %s}],
         'input_layers': [['x', 0, 0]], 'output_layers': [['x', 0, 0]]}}"""
            .formatted(className, nodes));
  }

  private static Tree node(Tree.Obj model) {
    Tree.Obj layer =
        model.object("config").orElseThrow().items("layers").get(2).asObject().orElseThrow();
    return layer.items("inbound_nodes").get(0);
  }

  private static Tree.Obj json(String text) {
    return Json.parse(text.replace('\'', '"'), "test").asObject().orElseThrow();
  }
}
