package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * What a layer of several heads is called with.
 *
 * @param query in the type that the layer computes in
 * @param value the shape of the values
 * @param key the shape of the keys: the values', where none are given
 */
record AttentionInputs(TensorType query, Shape value, Shape key) {

  static AttentionInputs of(CallTypes call) {
    Shape value =
        shape(call, "value", 1)
            .orElseThrow(() -> new IllegalArgumentException("a query and a value are needed"));
    return new AttentionInputs(call.input(), value, shape(call, "key", 2).orElse(value));
  }

  private static Optional<Shape> shape(CallTypes call, String name, int position) {
    List<Argument> positional = call.arguments().positional();
    return call.arguments()
        .keyword(name)
        .or(() -> positional.stream().skip(position).findFirst())
        .flatMap(argument -> argument.values().stream().findFirst())
        .map(Value::type)
        .map(TensorType::shape);
  }
}
