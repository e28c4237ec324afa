package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.KerasFunction;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A function of the table: its parameters and what it computes, or why it is refused. */
final class FunctionRow implements KerasFunction {

  private final Signature signature;
  private final FunctionTable.@Nullable Forms form;
  private final String reason;

  private FunctionRow(Signature signature, FunctionTable.@Nullable Forms form, String reason) {
    this.signature = signature;
    this.form = form;
    this.reason = reason;
  }

  static FunctionRow of(Signature signature, FunctionTable.Forms form) {
    return new FunctionRow(signature, form, "");
  }

  static FunctionRow refused(String name, String reason) {
    return new FunctionRow(new Signature(name, List.of()), null, reason);
  }

  @Override
  public String name() {
    return signature.name();
  }

  @Override
  public Optional<String> refusal() {
    return form == null ? Optional.of(reason) : Optional.empty();
  }

  @Override
  public Map<String, Argument> bind(Tree.Obj configured, Arguments arguments) {
    return signature.bind(configured, arguments);
  }

  /** The operations of a call go into a graph that nobody keeps: types follow from them. */
  @Override
  public List<TensorType> outputTypes(Tree.Obj configured, Arguments arguments) {
    return outputs(new GraphBuilder(name()), configured, arguments).stream()
        .map(Value::type)
        .toList();
  }

  @Override
  public List<Value> outputs(GraphBuilder computed, Tree.Obj configured, Arguments arguments) {
    try {
      return build(computed, name(), configured, arguments);
    } catch (Refusal refusal) {
      // Told when the model is lowered; until then nothing is known of the results.
      return List.of();
    }
  }

  /** Adds the operations of a call. */
  List<Value> build(GraphBuilder builder, String scope, Tree.Obj configured, Arguments arguments) {
    FunctionTable.Forms own = form;
    if (own == null) {
      throw Refusal.unsupportedFunction(name(), reason);
    }
    return own.build(new FunctionCall(builder, scope, signature.bind(configured, arguments)));
  }

  @Override
  public String toString() {
    return name();
  }
}
