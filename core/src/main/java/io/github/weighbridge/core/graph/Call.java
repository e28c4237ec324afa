package io.github.weighbridge.core.graph;

import java.util.List;

/**
 * A call of a layer instance. A layer that is used twice has two calls and one instance.
 *
 * @param name unique within the graph: the layer's name, with {@code :1}, {@code :2}... from the
 *     second call on
 * @param layer which instance
 * @param arguments what it is called with
 * @param outputs what it returns, flattened
 */
public record Call(String name, LayerId layer, Arguments arguments, List<Value> outputs)
    implements Node {

  /** Copies the outputs. */
  public Call {
    outputs = List.copyOf(outputs);
  }

  @Override
  public List<Value> inputs() {
    return arguments.values();
  }
}
