package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.Activation;

/** The functions of {@code keras.ops.nn}: each as the layer of the same mathematics. */
final class NeuralFunctions {

  private NeuralFunctions() {}

  static void addTo(FunctionTable table) {
    activation(table, "Relu", "relu");
    activation(table, "Relu6", "relu6");
    activation(table, "Sigmoid", "sigmoid");
    activation(table, "Softplus", "softplus");
    table.add(
        "Softmax(x, axis=-1)",
        call ->
            Softmaxes.softmax(
                call, call.floating("x"), call.axes("axis", call.tensor("x")), false));
  }

  /** An activation without parameters. */
  private static void activation(FunctionTable table, String name, String activation) {
    table.add(
        name + "(x)",
        call -> Activations.apply(call, Activation.of(activation), call.floating("x")));
  }
}
