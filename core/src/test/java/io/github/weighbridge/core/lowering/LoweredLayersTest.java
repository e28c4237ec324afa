package io.github.weighbridge.core.lowering;

import static io.github.weighbridge.core.layer.SampleConfig.layer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphPrinter;
import io.github.weighbridge.core.graph.GraphVerifier;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Bidirectional;
import io.github.weighbridge.core.layer.InputLayer;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.TimeDistributed;
import io.github.weighbridge.core.model.DtypePolicy;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.ModelSketch;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each layer becomes, as text; a file per row. */
class LoweredLayersTest {

  private static final String SEQUENCE = "float32 batch time 3";
  private static final String IMAGE = "float32 batch 7 6 4";

  static Stream<Arguments> rows() {
    List<Integer> twoTwo = List.of(2, 2);
    return Stream.of(
        arguments("activation_glu", layer("Activation", "activation", "glu"), "float32 batch 6"),
        arguments(
            "activation_relu6", layer("Activation", "activation", "relu6"), "float32 batch 6"),
        arguments(
            "activation_sparsemax",
            layer("Activation", "activation", "sparsemax"),
            "float32 batch time 6"),
        arguments("activity_regularization", layer("ActivityRegularization"), "float32 batch 6"),
        arguments("augmentation", layer("RandomFlip", "casts_integers", true), "uint8 batch 7 6 4"),
        arguments("auto_contrast", layer("AutoContrast", "value_range", List.of(0, 255)), IMAGE),
        arguments("average_ranks", layer("Average"), "float32 batch 3, float32 batch time 3"),
        arguments(
            "batch_normalization", layer("BatchNormalization", "axis", 1), "float32 batch 4 7"),
        arguments(
            "batch_normalization_bare",
            layer("BatchNormalization", "center", false, "scale", false),
            "float32 batch 4"),
        arguments(
            "category_encoding_count",
            layer("CategoryEncoding", "num_tokens", 5, "output_mode", "count"),
            "int64 batch time"),
        arguments("center_crop", layer("CenterCrop", "height", 4, "width", 3), IMAGE),
        arguments("concatenate", layer("Concatenate"), "float32 batch 2, float32 batch 3"),
        arguments("conv1d_causal", layer("Conv1D", "filters", 5, "padding", "causal"), SEQUENCE),
        arguments(
            "conv2d_same_strided",
            layer(
                "Conv2D", "filters", 5, "padding", "same", "strides", twoTwo, "activation", "relu"),
            IMAGE),
        arguments(
            "conv2d_same_open",
            layer("Conv2D", "padding", "same", "strides", twoTwo, "use_bias", false),
            "float32 batch h w 4"),
        arguments(
            "conv2d_transpose_same",
            layer("Conv2DTranspose", "filters", 5, "padding", "same", "strides", twoTwo),
            IMAGE),
        arguments("cropping2d", layer("Cropping2D"), "float32 batch h 6 4"),
        arguments("dense", layer("Dense", "units", 5, "activation", "softmax"), SEQUENCE),
        arguments("depthwise_conv2d", layer("DepthwiseConv2D", "depth_multiplier", 3), IMAGE),
        arguments(
            "discretization_one_hot",
            layer("Discretization", "output_mode", "one_hot"),
            "float32 batch 1"),
        arguments(
            "dot", layer("Dot", "axes", List.of(1, 2)), "float32 batch 5 2, float32 batch 3 5"),
        arguments(
            "dot_normalized", layer("Dot", "normalize", true), "float32 batch 5, float32 batch 5"),
        arguments("dropout", layer("Dropout"), "float32 batch 6"),
        arguments("elu", layer("ELU"), "float32 batch 6"),
        arguments("embedding", layer("Embedding", "input_dim", 9), "float32 batch time"),
        arguments("flatten", layer("Flatten"), IMAGE),
        arguments("flatten_first", layer("Flatten", "data_format", "channels_first"), IMAGE),
        arguments("flatten_open", layer("Flatten"), SEQUENCE),
        arguments("gaussian_noise", layer("GaussianNoise"), "float32 batch 6"),
        arguments("global_average_pooling2d", layer("GlobalAveragePooling2D"), IMAGE),
        arguments(
            "gru_backwards_sequences",
            layer("GRU", "go_backwards", true, "return_sequences", true, "reset_after", true),
            SEQUENCE),
        arguments("layer_normalization", layer("LayerNormalization"), SEQUENCE),
        arguments(
            "layer_normalization_reversed_axes",
            layer("LayerNormalization", "axis", List.of(-1, -2)),
            "float32 batch 7 4"),
        arguments(
            "layer_normalization_middle",
            layer("LayerNormalization", "axis", 1),
            "float32 batch 7 4"),
        arguments("leaky_relu", layer("LeakyReLU"), "float32 batch 6"),
        arguments(
            "lstm_states", layer("LSTM", "return_state", true, "activation", "tanh"), SEQUENCE),
        arguments("masking", layer("Masking"), SEQUENCE),
        arguments("max_pooling2d", layer("MaxPooling2D", "strides", twoTwo), IMAGE),
        arguments(
            "normalization", layer("Normalization", "axis", List.of(-1)), "float32 batch 7 4"),
        arguments(
            "normalization_given",
            layer("Normalization", "axis", List.of(), "mean", 3, "variance", 4, "invert", true),
            "int32 batch 4"),
        arguments("operation_add", operation("Add"), "float32 batch 6, float32 batch 6"),
        arguments("permute", layer("Permute"), SEQUENCE),
        arguments("prelu_shared", layer("PReLU", "shared_axes", List.of(1)), SEQUENCE),
        arguments(
            "random_crop", layer("RandomCrop", "height", 3, "width", 5, "resizes", true), IMAGE),
        arguments(
            "relu_full",
            layer("ReLU", "max_value", 6, "negative_slope", 0.1, "threshold", 0.5),
            "float32 batch 6"),
        arguments(
            "relu_limited",
            layer("ReLU", "max_value", 6, "negative_slope", 0, "threshold", 0),
            "float32 batch 6"),
        arguments("repeat_vector", layer("RepeatVector", "n", 4), "float32 batch 6"),
        arguments("rescaling", layer("Rescaling", "offset", List.of(1, 2, 3, 4)), "uint8 batch 4"),
        arguments(
            "reshape_rest", layer("Reshape", "target_shape", List.of(-1, 2)), "float32 batch 6"),
        arguments("reshape_open", layer("Reshape", "target_shape", List.of(-1, 2)), SEQUENCE),
        arguments(
            "resizing_open",
            layer("Resizing", "height", 5, "width", 3, "interpolation", "bilinear"),
            "float32 batch h w 4"),
        arguments(
            "resizing_padded",
            layer(
                "Resizing",
                "height",
                5,
                "width",
                3,
                "interpolation",
                "lanczos3",
                "pad_to_aspect_ratio",
                true,
                "fill_mode",
                "constant",
                "keeps_integers",
                true),
            "uint8 batch 7 6 4"),
        arguments("separable_conv1d", layer("SeparableConv1D", "filters", 5), SEQUENCE),
        arguments("simple_rnn", layer("SimpleRNN", "activation", "tanh"), SEQUENCE),
        arguments("softmax_two_axes", layer("Softmax", "axis", List.of(1, 2)), "float32 batch 7 4"),
        arguments("subtract", layer("Subtract"), "float32 batch 6, float32 batch 1"),
        arguments("up_sampling2d", layer("UpSampling2D", "interpolation", "bilinear"), IMAGE),
        arguments(
            "zero_padding2d_first",
            layer("ZeroPadding2D", "data_format", "channels_first"),
            IMAGE));
  }

  private static Layer operation(String name) {
    return new KerasOperation(name, Tree.object(), Tree.object());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void becomes(String row, Layer layer, String inputs) throws IOException {
    ModelSketch sketch = new ModelSketch(1);
    Value[] given = inputs(sketch, inputs);
    boolean operation = layer instanceof KerasOperation;
    LayerId id = sketch.layer("it", layer);
    List<Value> outputs = operation ? sketch.call(id, positional(given)) : sketch.call(id, given);
    check(row, sketch.build(outputs.toArray(Value[]::new)));
  }

  private static io.github.weighbridge.core.graph.Arguments positional(Value... values) {
    return new io.github.weighbridge.core.graph.Arguments(
        Arrays.stream(values)
            .<io.github.weighbridge.core.graph.Argument>map(
                io.github.weighbridge.core.graph.Argument.Of::new)
            .toList(),
        Map.of());
  }

  private static Value[] inputs(ModelSketch sketch, String types) {
    List<Value> values = new ArrayList<>();
    for (String type : types.split(", ", -1)) {
      List<String> words = List.of(type.split(" ", -1));
      List<Dim> dims = new ArrayList<>();
      for (String word : words.subList(1, words.size())) {
        dims.add(word.matches("\\d+") ? Dim.of(Long.parseLong(word)) : Dim.symbolic(word));
      }
      DataType dtype = DataType.ofKerasName(words.get(0)).orElseThrow();
      values.add(sketch.input("x" + values.size(), new TensorType(dtype, new Shape(dims))));
    }
    return values.toArray(Value[]::new);
  }

  @Test
  void bidirectional() throws IOException {
    ModelSketch sketch = new ModelSketch(1);
    Value x = inputs(sketch, SEQUENCE)[0];
    LayerId forward = sketch.layer("forward", layer("SimpleRNN", "return_sequences", true));
    LayerId backward =
        sketch.layer(
            "backward", layer("SimpleRNN", "return_sequences", true, "go_backwards", true));
    LayerId both =
        sketch.layer(
            "both",
            layer("Bidirectional", "merge_mode", "concat"),
            DtypePolicy.FLOAT32,
            Map.of(Bidirectional.FORWARD, forward, Bidirectional.BACKWARD, backward));
    check("bidirectional", sketch.build(sketch.call(both, x).get(0)));
  }

  @Test
  void timeDistributed() throws IOException {
    ModelSketch sketch = new ModelSketch(1);
    Value x = inputs(sketch, "float32 batch time 7 4")[0];
    LayerId inner = sketch.layer("inner", layer("Conv1D"));
    LayerId steps =
        sketch.layer(
            "steps",
            layer("TimeDistributed"),
            DtypePolicy.FLOAT32,
            Map.of(TimeDistributed.INNER, inner));
    check("time_distributed", sketch.build(sketch.call(steps, x).get(0)));
  }

  @Test
  void mixedPrecision() throws IOException {
    ModelSketch sketch = new ModelSketch(1);
    Value x = inputs(sketch, "float32 batch 3")[0];
    LayerId id = sketch.layer("it", layer("Dense"), DtypePolicy.of("mixed_float16"), Map.of());
    check("dense_mixed_float16", sketch.build(sketch.call(id, x).get(0)));
  }

  private static void check(String row, Model model) throws IOException {
    Graph graph = GraphVerifier.require(ModelLowering.lower(model, LoweringOptions.DEFAULTS));
    List<TensorType> stated =
        model.network().graph().outputValues().stream().map(Value::type).toList();
    assertThat(graph.outputValues().stream().map(v -> v.type().rank()).toList())
        .isEqualTo(stated.stream().map(TensorType::rank).toList());
    for (int i = 0; i < stated.size(); i++) {
      TensorType lowered = graph.outputValues().get(i).type();
      assertThat(lowered.dtype()).isEqualTo(stated.get(i).dtype());
      for (int axis = 0; axis < lowered.rank(); axis++) {
        if (lowered.shape().dim(axis).isFixed() && stated.get(i).shape().dim(axis).isFixed()) {
          assertThat(lowered.shape().dim(axis)).isEqualTo(stated.get(i).shape().dim(axis));
        }
      }
    }
    assertThat(GraphPrinter.print(graph)).isEqualTo(golden(row));
  }

  private static String golden(String row) throws IOException {
    String name = "layers/" + row + ".txt";
    try (InputStream in = LoweredLayersTest.class.getResourceAsStream(name)) {
      byte[] bytes = Objects.requireNonNull(in, () -> "no resource " + name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  @Test
  void everyLayerHasALowering() {
    Set<Class<?>> permitted =
        Arrays.stream(Layer.class.getPermittedSubclasses())
            .flatMap(t -> t.isSealed() ? Arrays.stream(t.getPermittedSubclasses()) : Stream.of(t))
            .collect(Collectors.toCollection(HashSet::new));
    permitted.removeAll(Set.of(InputLayer.class, Network.class));
    assertThat(Lowerings.layers()).containsExactlyInAnyOrderElementsOf(layers(permitted));
  }

  private static List<Class<? extends Layer>> layers(Set<Class<?>> types) {
    return types.stream().<Class<? extends Layer>>map(t -> t.asSubclass(Layer.class)).toList();
  }

  @Test
  void everyLayerHasARow() {
    Set<Class<?>> shown =
        rows().map(row -> row.get()[1].getClass()).collect(Collectors.toCollection(HashSet::new));
    Set<Class<?>> missing =
        LayerCatalog.entries().stream()
            .map(LayerCatalog.Entry::type)
            .collect(Collectors.toCollection(HashSet::new));
    missing.removeAll(shown);
    // The first two have a test of their own, an input becomes none.
    assertThat(missing)
        .containsExactlyInAnyOrder(Bidirectional.class, TimeDistributed.class, InputLayer.class);
  }
}
