package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.lowering.ModelMasks;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what the operations of a model's masks are as functions. */
final class MaskReader {

  /** A mask as functions of {@code keras.ops}, of what layers return. */
  sealed interface Mask permits Known, Scalar, Applied {}

  /** What a layer returns, or an input of the model. */
  record Known(Value value) implements Mask {}

  /** A number. */
  record Scalar(Tree value) implements Mask {}

  /**
   * A function.
   *
   * @param name Keras 3's class name
   * @param config the arguments that stand in the configuration
   * @param operands the others
   */
  record Applied(String name, Tree.Obj config, List<Mask> operands) implements Mask {}

  private final Graph graph;
  private final Map<Value, Step> makers = new HashMap<>();

  MaskReader(ModelMasks masks) {
    this.graph = masks.graph();
    graph.steps().forEach(step -> step.outputs().forEach(value -> makers.put(value, step)));
  }

  /** A mask that a call meets; nothing if it is made by what is no function of masks. */
  Optional<Mask> read(Value mask, ModelMasks.OfCall call) {
    Value own = call.sources().get(mask);
    if (own != null) {
      return Optional.of(new Known(own));
    }
    Step step = makers.get(mask);
    return step == null ? number(mask) : applied(step, call);
  }

  private Optional<Mask> number(Value value) {
    WeightRef constant = graph.constants().get(value);
    if (constant == null || constant.count() != 1) {
      return Optional.empty();
    }
    double number = constant.load().getDouble(0);
    return Optional.of(
        new Scalar(constant.dtype().isFloating() ? Tree.of(number) : Tree.of((long) number)));
  }

  private Optional<Mask> applied(Step step, ModelMasks.OfCall call) {
    List<Mask> operands = new ArrayList<>();
    for (Value operand : step.inputs()) {
      Optional<Mask> read = read(operand, call);
      if (read.isEmpty()) {
        return Optional.empty();
      }
      operands.add(read.get());
    }
    return function(step.op(), operands);
  }

  private static Optional<Mask> function(Operation op, List<Mask> operands) {
    if (op instanceof Cast cast) {
      Tree.Obj config = Tree.object().with("dtype", Tree.of(cast.dtype().kerasName()));
      return Optional.of(new Applied("Cast", config, operands));
    }
    if (op instanceof Reduce reduce && reduce.function() == Reduce.Function.ANY) {
      List<Long> axes = reduce.axes().stream().map(Integer::longValue).toList();
      Tree.Obj config =
          Tree.object().with("axis", Tree.of(axes)).with("keepdims", Tree.of(reduce.keepDims()));
      return Optional.of(new Applied("Any", config, operands));
    }
    if (op instanceof Binary binary) {
      return switch (binary.function()) {
        case NOT_EQUAL -> Optional.of(new Applied("NotEqual", Tree.object(), operands));
        case LOGICAL_AND -> Optional.of(new Applied("LogicalAnd", Tree.object(), operands));
        case LOGICAL_OR -> Optional.of(new Applied("LogicalOr", Tree.object(), operands));
        default -> Optional.empty();
      };
    }
    return Optional.empty();
  }
}
