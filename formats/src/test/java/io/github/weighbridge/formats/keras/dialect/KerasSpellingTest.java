package io.github.weighbridge.formats.keras.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.formats.config.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Canonical layers, and how each generation spells them: what real Keras loads. */
class KerasSpellingTest {

  @ParameterizedTest(name = "{1} for {0}: {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // Keras 2.15 takes these keys out of the configuration, and fails without them.
        "TF_KERAS|MultiHeadAttention|{'num_heads':2,'key_dim':3}|query_shape|null",
        "TF_KERAS|Discretization|{'bin_boundaries':[0.5,1.5],'num_bins':3}|num_bins|null",
        "TF_KERAS|TextVectorization|{'dtype':'float32'}|dtype|'string'",
        // Keras 3.0 and TensorFlow 1 have other names for the same classes.
        "TF_KERAS|Dense|{'kernel_initializer':{'class_name':'OrthogonalInitializer','config':{'gain':2.0,'seed':null}}}|kernel_initializer|{'class_name':'Orthogonal','config':{'gain':2.0,'seed':null}}",
        "TF_KERAS|Dense|{'kernel_initializer':{'class_name':'HeNormalV2','config':{'seed':4}}}|kernel_initializer|{'class_name':'HeNormal','config':{'seed':4}}",
        "KERAS_3|Dense|{'dtype':'float8/4_from_float32'}|dtype|{'module':'keras.dtype_policies','class_name':'QuantizedFloat8DTypePolicy','config':{'mode':'float8','source_name':'float32','amax_history_length':4},'registered_name':null}",
      })
  void configuration(
      KerasDialect dialect, String className, String canonical, String key, String written) {
    Tree.Obj layer = layer(className, canonical);
    Tree.Obj spelled = dialect.fromCanonical(layer, Place.file("m"), new Problems());
    assertThat(spelled.object("config").flatMap(config -> config.get(key)))
        .contains(json("{'v': %s}".formatted(written)).get("v").orElseThrow());
  }

  @Test
  void classForTrainingThatTheGenerationHasNot() {
    Problems problems = new Problems();
    Tree.Obj spelled =
        KerasDialect.KERAS_3.fromCanonical(
            layer("Dense", "{'units':2,'kernel_initializer':{'class_name':'Mine','config':{}}}"),
            Place.file("m"),
            problems);
    // The default of Keras: null would be no initializer at all.
    assertThat(spelled.object("config").orElseThrow().has("kernel_initializer")).isFalse();
    assertThat(problems.all())
        .extracting(Problem::toString)
        .containsExactly(
            "m, layer 'a' (Dense), kernel_initializer: Keras 3 has no such class and trains"
                + " without it, found Mine");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "NotEqual|{}|[X,0]|math.not_equal|{'y':0}",
        "Take|{'axis':1}|[X,[0,2]]|gather|{'axis':1,'indices':[0,2]}",
        "Mean|{'axis':[1],'keepdims':true}|[X]|math.reduce_mean|{'axis':[1],'keepdims':true}",
        "Argmax|{'axis':1,'keepdims':false}|[X]|math.argmax|{'axis':1,'output_type':'int32'}",
        "Reshape|{'newshape':[-1,6]}|[X]|reshape|{'shape':[-1,6]}",
        "Pad|{'pad_width':[[0,0],[1,2]],'mode':'reflect'}|[X]|pad|{'paddings':[[0,0],[1,2]],'mode':'REFLECT'}",
        "Clip|{'x_min':0.0,'x_max':1.0}|[X]|clip_by_value|{'clip_value_min':0.0,'clip_value_max':1.0}",
        "OneHot|{'num_classes':4,'axis':-1,'dtype':null,'sparse':false}|[X]|one_hot|{'depth':4,'axis':-1}",
        "Diagonal|{'offset':0,'axis1':1,'axis2':2}|[Y]|linalg.diag_part|{'k':0}",
        "Flip|{'axis':1}|[X]|reverse|{'axis':[1]}",
        "TrueDivide|{}|[X,2]|math.truediv|{'y':2}",
      })
  void function(String className, String config, String args, String symbol, String kwargs) {
    Problems problems = new Problems();
    Tree.Obj spelled =
        KerasDialect.TF_KERAS.fromCanonical(
            operation(className, config, args), Place.file("m"), problems);
    assertThat(problems.all()).isEmpty();
    assertThat(spelled.object("config").flatMap(own -> own.text("function"))).contains(symbol);
    assertThat(spelled.items("inbound_nodes").get(0).asObject().flatMap(node -> node.get("kwargs")))
        .contains(json(kwargs));
  }

  /** TensorFlow raises errors at these, which Keras 3 brings to one type or another form. */
  @ParameterizedTest(name = "{0} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "LogicalAnd|{}|[X,X]",
        "Add|{}|[X,I]",
        "Multiply|{}|[I,0.5]",
        "Sin|{}|[I]",
        "Matmul|{}|[X,V]",
        "Norm|{'ord':0,'axis':1,'keepdims':false}|[X]",
        "OneHot|{'num_classes':4,'axis':-1,'dtype':'bool','sparse':false}|[I]",
        "Diagonal|{'offset':0,'axis1':0,'axis2':1}|[Y]",
      })
  void functionThatTensorFlowRefuses(String className, String config, String args) {
    Problems problems = new Problems();
    KerasDialect.TF_KERAS.fromCanonical(
        operation(className, config, args), Place.file("m"), problems);
    assertThat(problems.all())
        .extracting(Problem::toString)
        .singleElement()
        .asString()
        .contains("must be a function that tf.keras 2 has");
  }

  private static Tree.Obj layer(String className, String config) {
    return json("{'class_name': '%s', 'name': 'a', 'config': %s}".formatted(className, config));
  }

  private static Tree.Obj operation(String className, String config, String args) {
    String tensors =
        args.replace("X", tensor("[null,6]", "float32"))
            .replace("Y", tensor("[null,3,3]", "float32"))
            .replace("I", tensor("[null,6]", "int32"))
            .replace("V", tensor("[6]", "float32"));
    return layer(className, config)
        .with("operation", Tree.of(true))
        .with(
            "inbound_nodes",
            Tree.of(List.of(json("{'args': %s, 'kwargs': {}}".formatted(tensors)))));
  }

  private static String tensor(String shape, String dtype) {
    return "{'class_name':'__keras_tensor__','config':{'shape':%s,'dtype':'%s','keras_history':['x',0,0]}}"
        .formatted(shape, dtype);
  }

  private static Tree.Obj json(String text) {
    return Json.parse(text.replace('\'', '"'), "test").asObject().orElseThrow();
  }
}
