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
import io.github.weighbridge.core.layer.GroupQueryAttention;
import io.github.weighbridge.core.layer.InputLayer;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.MultiHeadAttention;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.Pipeline;
import io.github.weighbridge.core.layer.Rnn;
import io.github.weighbridge.core.layer.SpectralNormalization;
import io.github.weighbridge.core.layer.StackedRnnCells;
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
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        arguments(
            "custom_scale_layer",
            layer("CustomScaleLayer", "scale", 0.25),
            "float32 batch 3, float32 batch 3"),
        arguments("layer_scale", layer("LayerScale", "projection_dim", 3), SEQUENCE),
        arguments(
            "mel_spectrogram",
            layer("MelSpectrogram", "fft_length", 4, "max_freq", 1000, "power_to_db", true),
            "float32 batch time"),
        arguments(
            "stft_spectrogram",
            layer("STFTSpectrogram", "mode", "psd", "frame_length", 4),
            "float32 batch time 3"),
        arguments("stochastic_depth", layer("StochasticDepth"), SEQUENCE),
        arguments("activity_regularization", layer("ActivityRegularization"), "float32 batch 6"),
        arguments(
            "additive_attention",
            layer("AdditiveAttention", "use_scale", true),
            "float32 batch queries 4, float32 batch values 4"),
        arguments(
            "attention_causal",
            layer("Attention", "use_scale", true, "causal", true),
            "float32 batch queries 4, float32 batch values 4"),
        arguments(
            "adaptive_average_pooling1d",
            layer("AdaptiveAveragePooling1D", "output_size", List.of(2)),
            "float32 batch 5 3"),
        arguments(
            "adaptive_max_pooling2d_equal",
            layer("AdaptiveMaxPooling2D", "output_size", List.of(7, 2)),
            IMAGE),
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
        arguments(
            "clahe",
            layer(
                "ContrastLimitedAdaptiveHistogramEqualization",
                "value_range",
                List.of(0, 1),
                "tile_grid_size",
                List.of(2, 3)),
            IMAGE),
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
        arguments(
            "conv_lstm1d_sequences",
            layer(
                "ConvLSTM1D",
                "kernel_size",
                List.of(3),
                "padding",
                "same",
                "return_sequences",
                true,
                "activation",
                "tanh"),
            "float32 batch time 7 4"),
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
        arguments("cosine_merge", layer("Merge", "axes", 1), "float32 batch 5, float32 batch 5"),
        arguments(
            "graves_lstm",
            layer("GravesLSTM", "units", 2, "go_backwards", true, "return_sequences", true),
            SEQUENCE),
        arguments("highway", layer("Highway", "activation", "tanh"), "float32 batch 4"),
        arguments("maxout_dense", layer("MaxoutDense", "nb_feature", 3), "float32 batch 4"),
        arguments("srelu_shared", layer("SReLU", "shared_axes", List.of(1)), SEQUENCE),
        arguments("dropout", layer("Dropout"), "float32 batch 6"),
        arguments(
            "einsum_dense",
            layer(
                "EinsumDense",
                "equation",
                "abc,cde->abde",
                "output_shape",
                Arrays.asList(null, 2, 3),
                "bias_axes",
                "de"),
            "float32 batch time 4"),
        arguments("elu", layer("ELU"), "float32 batch 6"),
        arguments("embedding", layer("Embedding", "input_dim", 9), "float32 batch time"),
        arguments("flatten", layer("Flatten"), IMAGE),
        arguments("flatten_first", layer("Flatten", "data_format", "channels_first"), IMAGE),
        arguments("flatten_open", layer("Flatten"), SEQUENCE),
        arguments("gaussian_noise", layer("GaussianNoise"), "float32 batch 6"),
        arguments("global_average_pooling2d", layer("GlobalAveragePooling2D"), IMAGE),
        arguments(
            "group_query_attention",
            layer("GroupQueryAttention", "num_query_heads", 4),
            "float32 batch queries 4, float32 batch values 4"),
        arguments(
            "group_normalization",
            layer("GroupNormalization", "groups", 2),
            "float32 batch time 4"),
        arguments(
            "gru_backwards_sequences",
            layer("GRU", "go_backwards", true, "return_sequences", true, "reset_after", true),
            SEQUENCE),
        arguments(
            "hashed_crossing",
            layer("HashedCrossing", "output_mode", "one_hot"),
            "string batch 1, int32 batch 1"),
        arguments("hashing", layer("Hashing", "mask_value", "m"), "string batch 3"),
        arguments(
            "integer_lookup_count",
            layer(
                "IntegerLookup",
                "vocabulary",
                List.of(4, 7),
                "output_mode",
                "count",
                "mask_token",
                0),
            "int32 batch 3"),
        arguments("gru_cell", layer("GRUCell"), "float32 batch 3"),
        arguments("identity", layer("Identity"), "float32 batch 6"),
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
        arguments("lstm_cell", layer("LSTMCell"), "float32 batch 3"),
        arguments(
            "locally_connected2d",
            layer(
                "LocallyConnected2D",
                "filters",
                5,
                "strides",
                twoTwo,
                "data_format",
                "channels_first"),
            "float32 batch 4 7 6"),
        arguments(
            "lstm_states", layer("LSTM", "return_state", true, "activation", "tanh"), SEQUENCE),
        arguments("masking", layer("Masking"), SEQUENCE),
        arguments("max_pooling2d", layer("MaxPooling2D", "strides", twoTwo), IMAGE),
        arguments(
            "multi_head_attention",
            layer("MultiHeadAttention", "key_dim", 3, "value_dim", 5, "zero_masked", true),
            "float32 batch queries 4, float32 batch values 6"),
        arguments(
            "normalization", layer("Normalization", "axis", List.of(-1)), "float32 batch 7 4"),
        arguments(
            "normalization_given",
            layer("Normalization", "axis", List.of(), "mean", 3, "variance", 4, "invert", true),
            "int32 batch 4"),
        arguments("operation_add", operation("Add"), "float32 batch 6, float32 batch 6"),
        arguments("permute", layer("Permute"), SEQUENCE),
        arguments("parametric_softplus", layer("ParametricSoftplus"), "float32 batch 6"),
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
            "reversible_embedding",
            layer("ReversibleEmbedding", "input_dim", 9),
            "float32 batch time"),
        arguments("rms_normalization", layer("RMSNormalization"), SEQUENCE),
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
        arguments("simple_rnn_cell", layer("SimpleRNNCell"), "float32 batch 3"),
        arguments("softmax_two_axes", layer("Softmax", "axis", List.of(1, 2)), "float32 batch 7 4"),
        arguments(
            "string_lookup_inverse",
            layer("StringLookup", "vocabulary", List.of("a"), "invert", true, "oov_token", "?"),
            "int64 batch 3"),
        arguments("subtract", layer("Subtract"), "float32 batch 6, float32 batch 1"),
        arguments(
            "text_vectorization",
            layer(
                "TextVectorization",
                "vocabulary",
                List.of("a"),
                "standardize",
                "lower",
                "split",
                "whitespace",
                "output_sequence_length",
                4),
            "string batch 1"),
        arguments("thresholded_relu", layer("ThresholdedReLU"), "float32 batch 6"),
        arguments("unit_normalization", layer("UnitNormalization"), SEQUENCE),
        arguments(
            "up_sampling2d",
            layer("UpSampling2D", "interpolation", "bilinear", "half_pixel_centers", true),
            IMAGE),
        arguments(
            "zero_padding2d_first",
            layer("ZeroPadding2D", "data_format", "channels_first"),
            IMAGE));
  }

  private static Layer operation(String name) {
    return new KerasOperation(
        KerasFunctions.named(name).orElseThrow(), Tree.object(), Tree.object());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void becomes(String row, Layer layer, String inputs) throws IOException {
    ModelSketch sketch = new ModelSketch(1);
    Value[] given = inputs(sketch, inputs);
    boolean apart =
        layer instanceof KerasOperation
            || layer instanceof MultiHeadAttention
            || layer instanceof GroupQueryAttention;
    LayerId id = sketch.layer("it", layer);
    List<Value> outputs = apart ? sketch.call(id, positional(given)) : sketch.call(id, given);
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
  void rnnOverStackOfCells() throws IOException {
    ModelSketch sketch = new ModelSketch(1);
    Value x = inputs(sketch, "float32 time batch 3")[0];
    Map<String, LayerId> cells =
        Map.of(
            StackedRnnCells.cell(0), sketch.layer("first", layer("LSTMCell", "units", 5)),
            StackedRnnCells.cell(1), sketch.layer("second", layer("SimpleRNNCell")));
    LayerId stack =
        sketch.layer("stack", layer("StackedRNNCells"), DtypePolicy.FLOAT32, new TreeMap<>(cells));
    LayerId rnn =
        sketch.layer(
            "rnn",
            layer("RNN", "return_sequences", true, "return_state", true, "time_major", true),
            DtypePolicy.FLOAT32,
            Map.of(Rnn.CELL, stack));
    check("rnn_stack_time_major", sketch.build(sketch.call(rnn, x).toArray(Value[]::new)));
  }

  @Test
  void pipeline() throws IOException {
    ModelSketch sketch = new ModelSketch(1);
    Value x = inputs(sketch, "float32 batch 3")[0];
    Map<String, LayerId> inner =
        Map.of(
            Pipeline.layer(0), sketch.layer("first", layer("Dense", "units", 5)),
            Pipeline.layer(1), sketch.layer("second", layer("ReLU")));
    LayerId id = sketch.layer("it", layer("Pipeline"), DtypePolicy.FLOAT32, new TreeMap<>(inner));
    check("pipeline", sketch.build(sketch.call(id, x).get(0)));
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
  void spectralNormalization() throws IOException {
    ModelSketch sketch = new ModelSketch(1);
    Value x = inputs(sketch, "float32 batch 3")[0];
    LayerId inner = sketch.layer("inner", layer("Dense", "units", 2));
    LayerId outer =
        sketch.layer(
            "it",
            layer("SpectralNormalization"),
            DtypePolicy.FLOAT32,
            Map.of(SpectralNormalization.INNER, inner));
    check("spectral_normalization", sketch.build(sketch.call(outer, x).get(0)));
  }

  @Test
  void mixedPrecision() throws IOException {
    ModelSketch sketch = new ModelSketch(1);
    Value x = inputs(sketch, "float32 batch 3")[0];
    LayerId id = sketch.layer("it", layer("Dense"), DtypePolicy.of("mixed_float16"), Map.of());
    check("dense_mixed_float16", sketch.build(sketch.call(id, x).get(0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"int8", "int4/-1", "int4/2", "float8", "gptq/4/2", "gptq/8/-1", "awq/4/-1"})
  void quantized(String mode) throws IOException {
    ModelSketch sketch = new ModelSketch(1);
    Value x = inputs(sketch, "float32 batch 3")[0];
    DtypePolicy policy = DtypePolicy.of(mode + "_from_float32");
    LayerId id = sketch.layer("it", layer("Dense", "units", 5), policy, Map.of());
    check(
        "dense_" + mode.replace("/-1", "").replace('/', '_'),
        sketch.build(sketch.call(id, x).get(0)));
  }

  @Test
  void quantizedAxes() throws IOException {
    ModelSketch sketch = new ModelSketch(1);
    Value x = inputs(sketch, "float32 batch time 2 3")[0];
    Layer layer =
        layer(
            "EinsumDense",
            "equation",
            "abcd,cde->abe",
            "output_shape",
            Arrays.asList(null, 5),
            "bias_axes",
            "e");
    LayerId id = sketch.layer("it", layer, DtypePolicy.of("int8_from_float32"), Map.of());
    check("einsum_dense_int8", sketch.build(sketch.call(id, x).get(0)));
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
    Set<Class<?>> permitted = records(Layer.class).collect(Collectors.toCollection(HashSet::new));
    permitted.removeAll(Set.of(InputLayer.class, Network.class));
    assertThat(Lowerings.layers()).containsExactlyInAnyOrderElementsOf(layers(permitted));
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(LoweredLayersTest::records)
        : Stream.of(type);
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
    // Layers with inner ones have tests of their own, an input becomes none.
    assertThat(missing)
        .containsExactlyInAnyOrder(
            Bidirectional.class,
            InputLayer.class,
            Pipeline.class,
            Rnn.class,
            SpectralNormalization.class,
            StackedRnnCells.class,
            TimeDistributed.class);
  }
}
