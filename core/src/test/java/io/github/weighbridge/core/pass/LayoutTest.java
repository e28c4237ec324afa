package io.github.weighbridge.core.pass;

import static io.github.weighbridge.core.layer.SampleConfig.layer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.GraphPrinter;
import io.github.weighbridge.core.graph.GraphVerifier;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.lowering.LoweringOptions;
import io.github.weighbridge.core.lowering.ModelLowering;
import io.github.weighbridge.core.model.ModelSketch;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where transposes are left, and where weights are reordered instead. */
class LayoutTest {

  private final ModelSketch sketch = new ModelSketch(1);

  private Value image(long... sizes) {
    List<Dim> dims = new ArrayList<>(Shape.of(sizes).dims());
    dims.add(0, Dim.symbolic("batch"));
    return sketch.input("x", new TensorType(DataType.FLOAT32, new Shape(dims)));
  }

  private static List<Step> transposes(Graph graph) {
    return graph.steps().stream().filter(s -> s.op() instanceof Transpose).toList();
  }

  private Graph fit(ChannelOrder channels, Value... outputs) {
    Graph lowered = ModelLowering.lower(sketch.build(outputs), LoweringOptions.DEFAULTS);
    return GraphVerifier.require(Passes.fit(lowered, channels));
  }

  @Test
  void aClassifierHasOneTransposeAtItsInput() {
    Value x = image(6, 5, 3);
    Value y = sketch.add("conv", layer("Conv2D", "filters", 4, "activation", "relu"), x);
    y = sketch.add("norm", layer("BatchNormalization"), y);
    y = sketch.add("pool", layer("MaxPooling2D"), y);
    y = sketch.add("drop", layer("Dropout"), y);
    y = sketch.add("flat", layer("Flatten"), y);
    y = sketch.add("dense", layer("Dense", "units", 7), y);
    assertThat(GraphPrinter.print(fit(ChannelOrder.FIRST, y)))
        .isEqualTo(
            """
            input x: float32[batch, 6, 5, 3]
            constant conv/kernel: float32[2, 2, 3, 4]
            constant conv/bias: float32[4]
            constant norm/gamma: float32[4]
            constant norm/beta: float32[4]
            constant norm/moving_mean: float32[4]
            constant norm/moving_variance: float32[4]
            constant dense/kernel: float32[48, 7]
            constant dense/bias: float32[7]
            x/moved: float32[batch, 3, 6, 5] = Transpose{perm=[0, 3, 1, 2]}(x)
            conv/conv: float32[batch, 4, 5, 4] = Conv{window=Window[size=[2, 2], strides=[1, 1], \
            dilations=[1, 1], padding=Padding[begin=[0, 0], end=[0, 0], same=false]], groups=1, \
            channelAxis=1}(x/moved, conv/kernel, conv/bias)
            conv/relu: float32[batch, 4, 5, 4] = RELU(conv/conv)
            norm/normalize: float32[batch, 4, 5, 4] = BatchNormalization{epsilon=0.001, axis=1}\
            (conv/relu, norm/gamma, norm/beta, norm/moving_mean, norm/moving_variance)
            pool/pool: float32[batch, 4, 4, 3] = Pool{kind=MAX, window=Window[size=[2, 2], \
            strides=[1, 1], dilations=[1, 1], padding=Padding[begin=[0, 0], end=[0, 0], same=false]], \
            channelAxis=1}(norm/normalize)
            flat/flatten: float32[batch, 48] = Reshape{dims=[Of[operand=0, axis=0], Fixed[size=48]]}\
            (pool/pool)
            dense/matmul: float32[batch, 7] = MatMul(flat/flatten, dense/kernel)
            dense/ADD: float32[batch, 7] = ADD(dense/matmul, dense/bias)
            return dense/ADD
            """);
    assertThat(transposes(fit(ChannelOrder.LAST, y))).isEmpty();
  }

  @Test
  void rowsOfAKernelBehindAFlattenedImageAreReordered() {
    Value x = image(2, 1, 2);
    Value y = sketch.add("pool", layer("MaxPooling2D", "pool_size", List.of(1, 1)), x);
    y = sketch.add("dense", layer("Dense", "units", 1), sketch.add("flat", layer("Flatten"), y));
    WeightRef plain = constant(fit(ChannelOrder.LAST, y), "dense/kernel");
    WeightRef moved = constant(fit(ChannelOrder.FIRST, y), "dense/kernel");
    double[] rows = plain.load().doubles();
    // From height, channel to channel, height.
    assertThat(moved.load().doubles()).containsExactly(rows[0], rows[2], rows[1], rows[3]);
  }

  private static WeightRef constant(Graph graph, String name) {
    return graph.constants().entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void residualsAndJoinsStayMoved() {
    Value x = image(6, 5, 3);
    Value a = sketch.add("a", layer("Conv2D", "filters", 3, "padding", "same"), x);
    Value sum = sketch.add("sum", layer("Add"), a, x);
    Value joined = sketch.add("join", layer("Concatenate"), sum, a);
    Value b = sketch.add("b", layer("Conv2D"), joined);
    Value pooled = sketch.add("pool", layer("GlobalAveragePooling2D"), b);
    assertThat(transposes(fit(ChannelOrder.FIRST, pooled)))
        .extracting(Step::name)
        .containsExactly("x/moved");
  }

  @Test
  void imagesThatAreReturnedAreMovedBack() {
    Value y = sketch.add("a", layer("Conv2D"), image(6, 5, 3));
    Graph graph = fit(ChannelOrder.FIRST, y);
    assertThat(transposes(graph)).hasSize(2);
    assertThat(graph.outputValues().get(0).type()).hasToString("float32[batch, 5, 4, 2]");
  }

  @Test
  void channelsFirstModelsAreMovedForChannelsLast() {
    Value x = image(3, 6, 5);
    Value y = sketch.add("a", layer("Conv2D", "data_format", "channels_first"), x);
    y = sketch.add("p", layer("AveragePooling2D", "data_format", "channels_first"), y);
    y = sketch.add("g", layer("GlobalMaxPooling2D", "data_format", "channels_first"), y);
    assertThat(transposes(fit(ChannelOrder.FIRST, y))).isEmpty();
    assertThat(transposes(fit(ChannelOrder.LAST, y)))
        .extracting(step -> ((Transpose) step.op()).perm())
        .containsExactly(List.of(0, 2, 3, 1));
  }

  @Test
  void normalisationsGoIntoConvolutionsAndDenseLayers() {
    Value x = image(6, 5, 3);
    Value y = sketch.add("a", layer("Conv2D"), x);
    y = sketch.add("n", layer("BatchNormalization"), y);
    y = sketch.add("d", layer("Dense"), sketch.add("f", layer("Flatten"), y));
    y = sketch.add("m", layer("BatchNormalization"), y);
    assertThat(fit(ChannelOrder.LAST, y).steps())
        .extracting(step -> step.op().name())
        .containsExactly("Conv", "Reshape", "MatMul", "ADD");
  }

  @Test
  void sequencesThatAreTurnedTwiceAreNotTurned() {
    Value x = sketch.input("x", TensorType.of(DataType.FLOAT32, 2, 4, 3));
    Value y = sketch.add("p", layer("Permute"), x);
    y = sketch.add("q", layer("Permute"), y);
    assertThat(fit(ChannelOrder.LAST, y).steps()).isEmpty();
  }
}
