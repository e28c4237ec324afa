package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A function of {@code keras.ops}; what it computes is known where it is lowered. */
public interface KerasFunction {

  /** Keras 3's class name, as {@code NotEqual}. */
  String name();

  /** Why the function is known and yet not computed here, if that is so. */
  Optional<String> refusal();

  /**
   * The argument of each parameter of a call, by its name; what is not given is as the function has
   * it then.
   *
   * @param configured the arguments that stand in the configuration
   * @param arguments those that stand at the call
   * @throws IllegalArgumentException if one is missing, unknown or given twice
   */
  Map<String, Argument> bind(Tree.Obj configured, Arguments arguments);

  /**
   * The types of what a call returns, flattened.
   *
   * @param configured the arguments that stand in the configuration
   * @param arguments those that stand at the call
   * @throws IllegalArgumentException if they do not fit, saying which rule is broken
   */
  List<TensorType> outputTypes(Tree.Obj configured, Arguments arguments);

  /**
   * What a call returns, as values of a graph that keeps how they are computed. So functions that
   * take shapes know the sizes that others have told.
   *
   * @param computed the graph, which nobody runs
   * @param configured the arguments that stand in the configuration
   * @param arguments those that stand at the call
   * @return the values, flattened; none where the function is refused
   * @throws IllegalArgumentException if they do not fit, saying which rule is broken
   */
  List<Value> outputs(GraphBuilder computed, Tree.Obj configured, Arguments arguments);
}
