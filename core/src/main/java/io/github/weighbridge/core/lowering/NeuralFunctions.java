package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Where;
import java.util.List;
import java.util.Map;

/** Activations: each as the layers have it. */
final class NeuralFunctions {

  private NeuralFunctions() {}

  static void addTo(FunctionTable table) {
    plain(table, "HardSigmoid", "hard_sigmoid");
    plain(table, "HardSilu", "hard_silu");
    plain(table, "HardTanh", "hard_tanh");
    plain(table, "LogSigmoid", "log_sigmoid");
    plain(table, "Relu", "relu");
    plain(table, "Relu6", "relu6");
    plain(table, "Selu", "selu");
    plain(table, "Sigmoid", "sigmoid");
    plain(table, "Silu", "silu");
    plain(table, "Softplus", "softplus");
    plain(table, "Softsign", "softsign");
    plain(table, "SparsePlus", "sparse_plus");
    plain(table, "SparseSigmoid", "sparse_sigmoid");
    plain(table, "TanhShrink", "tanh_shrink");
    parameter(table, "Celu(x, alpha=1.0)", "celu", "alpha");
    parameter(table, "Elu(x, alpha=1.0)", "elu", "alpha");
    parameter(table, "HardShrink(x, threshold=0.5)", "hard_shrink", "threshold");
    parameter(table, "LeakyRelu(x, negative_slope=0.2)", "leaky_relu", "negative_slope");
    parameter(table, "SoftShrink(x, threshold=0.5)", "soft_shrink", "threshold");
    parameter(table, "Squareplus(x, b=4)", "squareplus", "b");
    table.add("Gelu(x, approximate=True)", NeuralFunctions::gelu);
    table.add("Glu(x, axis=-1)", NeuralFunctions::glu);
    table.add("LogSoftmax(x, axis=-1)", call -> softmax(call, true));
    table.add("Softmax(x, axis=-1)", call -> softmax(call, false));
    table.add("Sparsemax(x, axis=-1)", NeuralFunctions::sparsemax);
    table.add("Threshold(x, threshold, default_value)", NeuralFunctions::threshold);
  }

  private static void plain(FunctionTable table, String name, String activation) {
    table.add(
        name + "(x)",
        call -> Activations.apply(call, Activation.of(activation), call.floating("x")));
  }

  private static void parameter(
      FunctionTable table, String signature, String activation, String parameter) {
    table.add(
        signature,
        call -> {
          Map<String, Double> parameters = Map.of(parameter, call.number(parameter));
          return Activations.apply(
              call, new Activation(activation, parameters), call.floating("x"));
        });
  }

  private static Value gelu(FunctionCall call) {
    Map<String, Double> approximate = Map.of("approximate", call.flag("approximate") ? 1.0 : 0.0);
    return Activations.apply(call, new Activation("gelu", approximate), call.floating("x"));
  }

  private static Value glu(FunctionCall call) {
    Value x = call.floating("x");
    return Activations.glu(call, x, call.axis("axis", x));
  }

  private static Value softmax(FunctionCall call, boolean log) {
    Value x = call.floating("x");
    return Softmaxes.softmax(call, x, call.axes("axis", x), log);
  }

  private static Value sparsemax(FunctionCall call) {
    Value x = call.floating("x");
    int last = x.type().rank() - 1;
    Value moved = Shapes.moved(call, x, call.axis("axis", x), last);
    return Shapes.moved(call, Sparsemax.apply(call, moved), last, call.axis("axis", x));
  }

  private static Value threshold(FunctionCall call) {
    List<Value> operands = call.promoted("x", "default_value");
    Value x = operands.get(0);
    Value above = call.binary(BinaryFunction.GREATER, x, call.number("threshold"));
    return call.add("threshold", new Where(), above, x, operands.get(1));
  }
}
