package io.github.weighbridge.exporter.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Padding;
import io.github.weighbridge.core.op.Pool;
import io.github.weighbridge.core.op.Recurrent;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Softmax;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Window;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.formats.onnx.OnnxModel;
import io.github.weighbridge.formats.onnx.OnnxNode;
import io.github.weighbridge.formats.onnx.OnnxValueInfo;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What stands in a file: the operators that people expect to see, under the model's own names. */
class StructureTest {

  private static OnnxModel model(Sample sample) {
    return OnnxExporter.translate(
        sample.graph(), OnnxOptions.DEFAULTS, Map.of("source", "m.keras"), new Problems());
  }

  private static String text(OnnxModel model) {
    return model.graph().nodes().stream()
        .map(n -> join(n.outputs()) + " = " + n.opType() + "(" + join(n.inputs()) + ")")
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String join(List<String> names) {
    return String.join(", ", names);
  }

  private static Value relu(Sample s, String name, Value x) {
    return s.builder.add(name, Unary.of(UnaryFunction.RELU), x);
  }

  @Test
  void aConvolutionalNetworkHasOneTranspose() {
    Sample s = new Sample(new Random(1));
    Value x = s.input(s.numbers(DataType.FLOAT32, 1, 8, 8, 3), 0);
    Value image = s.builder.add("conv/channels_first", new Transpose(List.of(0, 3, 1, 2)), x);
    Window three = Window.of(List.of(3, 3), List.of(1, 1), Padding.sameAtRunTime(2));
    Value kernel = s.builder.constant("conv/kernel", s.numbers(DataType.FLOAT32, 3, 3, 3, 4));
    Value bias = s.builder.constant("conv/bias", s.numbers(DataType.FLOAT32, 4));
    Value conv = s.builder.add("conv", new Conv(three, 1, 1), image, kernel, bias);
    Window two = Window.of(List.of(2, 2), List.of(2, 2), Padding.none(2));
    Value pool = s.builder.add("pool", new Pool(Pool.Kind.MAX, two, 1), relu(s, "conv/relu", conv));
    Value flat =
        s.builder.add(
            "flatten", new Reshape(List.of(new DimSource.Of(0, 0), new DimSource.Fixed(64))), pool);
    Value dense = s.builder.constant("dense/kernel", s.numbers(DataType.FLOAT32, 64, 10));
    Value product = s.builder.add("dense/MatMul", new MatMul(), flat, dense);
    Value denseBias = s.builder.constant("dense/bias", s.numbers(DataType.FLOAT32, 10));
    Value sum = s.builder.add("dense", new Binary(BinaryFunction.ADD), product, denseBias);
    s.output(s.builder.add("probabilities", new Softmax(1, false), sum));
    OnnxModel model = model(s);
    assertThat(text(model))
        .isEqualTo(
            """
            conv/channels_first = Transpose(in0)
            conv = Conv(conv/channels_first, conv/kernel/transposed, conv/bias)
            conv/relu = Relu(conv)
            pool = MaxPool(conv/relu)
            flatten = Reshape(pool, int64[0, 64])
            dense = Gemm(flatten, dense/kernel, dense/bias)
            probabilities = Softmax(dense)
            """);
    assertThat(model.graph().nodes()).extracting(OnnxNode::name).doesNotHaveDuplicates();
    assertThat(model.graph().outputs())
        .extracting(OnnxValueInfo::name)
        .containsExactly("probabilities");
    assertThat(model.metadata()).containsExactly(Map.entry("source", "m.keras"));
    assertThat(model.irVersion()).isEqualTo(8);
    assertThat(model.producer()).isEqualTo("weighbridge");
  }

  @Test
  void aTaggerIsOneLstm() {
    Sample s = new Sample(new Random(1));
    Unary tanh = Unary.of(UnaryFunction.TANH);
    Unary sigmoid = Unary.of(UnaryFunction.SIGMOID);
    List<Value> results =
        s.builder.addAll(
            "lstm",
            new Recurrent(Recurrent.Cell.LSTM, 2, tanh, sigmoid, false, false),
            java.util.Arrays.asList(
                s.floats(1, 3, 4), s.weight(4, 8), s.weight(2, 8), s.weight(8)));
    s.output(results.get(0));
    assertThat(text(model(s)))
        .isEqualTo(
            """
            lstm/Transpose = Transpose(in0)
            lstm/LSTM, ,  = LSTM(lstm/Transpose, w/LSTM, w_1/LSTM, w_2/LSTM)
            lstm/Squeeze = Squeeze(lstm/LSTM, int64[1])
            lstm:0 = Transpose(lstm/Squeeze)
            """);
  }

  @Test
  void outputsThatNothingComputesGetANode() {
    Sample s = new Sample(new Random(1));
    Value x = s.floats(2);
    Value weight = s.weight(2);
    Value y = relu(s, "y", x);
    Value same = s.builder.add("same", Unary.of(UnaryFunction.IDENTITY), y);
    s.output(x).output(weight).output(y).output(y).output(same);
    OnnxModel model = model(s);
    assertThat(text(model))
        .isEqualTo(
            """
            y = Relu(in0)
            in0_1 = Identity(in0)
            w_1 = Identity(w)
            y_1 = Identity(y)
            same = Identity(y)
            """);
    assertThat(model.graph().outputs())
        .extracting(OnnxValueInfo::name)
        .containsExactly("in0_1", "w_1", "y", "y_1", "same");
  }

  @Test
  void namesOfTheModelComeBeforeOurs() {
    Sample s = new Sample(new Random(1));
    Value x = s.floats(2);
    Value hidden = s.builder.add("a", Unary.of(UnaryFunction.SILU), x);
    s.output(s.builder.add("a/Sigmoid", Unary.of(UnaryFunction.RELU), hidden));
    assertThat(text(model(s)))
        .isEqualTo(
            """
            a/Sigmoid_1 = Sigmoid(in0)
            a = Mul(in0, a/Sigmoid_1)
            a/Sigmoid = Relu(a)
            """);
  }

  @Test
  void aSharedKernelStandsInTheFileOnce() {
    Sample s = new Sample(new Random(1));
    Window window = Window.of(List.of(3), List.of(1), Padding.none(1));
    Value kernel = s.weight(3, 2, 4);
    Conv conv = new Conv(window, 1, 1);
    s.output(conv, s.floats(1, 2, 5), kernel).output(conv, s.floats(1, 2, 6), kernel);
    assertThat(model(s).graph().initializers()).containsOnlyKeys("w/transposed");
  }

  @Test
  void stepsThatNobodyWantsAreLeftOut() {
    Sample s = new Sample(new Random(1));
    Value x = s.floats(2);
    relu(s, "unused", x);
    s.output(relu(s, "y", x));
    assertThat(text(model(s))).isEqualTo("y = Relu(in0)\n");
  }
}
