package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.KerasOperations;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations behind {@code keras.ops} functions. */
final class KerasOperationLowering implements Lowering<KerasOperation> {

  @Override
  public Lowered lower(KerasOperation layer, LoweringContext context) {
    String function = layer.function();
    if (KerasOperations.binary(function).isPresent()) {
      return binary(layer, context);
    }
    if (KerasOperations.reduction(function).isPresent()) {
      Value x = context.input();
      boolean keepDims = layer.arguments().get("keepdims").flatMap(Tree::asBoolean).orElse(false);
      Reduce reduce =
          new Reduce(
              KerasOperations.reduction(function).get(),
              KerasOperations.reducedAxes(layer.arguments(), x.type().rank()),
              keepDims);
      return Lowered.of(context.add(function, reduce, x));
    }
    if (KerasOperations.unary(function).isPresent()) {
      Unary unary = Unary.of(KerasOperations.unary(function).get());
      return context.passMask(context.add(function, unary, context.input()));
    }
    throw new Refusal(
        ProblemCode.OPERATION_UNSUPPORTED,
        "must be an operation that is known here",
        "'" + function + "'",
        "known are " + String.join(", ", KerasOperations.names()));
  }

  private static Lowered binary(KerasOperation layer, LoweringContext context) {
    List<@Nullable Value> operands = context.operands();
    Value left = operands.get(0);
    Value right = operands.size() > 1 ? operands.get(1) : null;
    DataType dtype = common(left, right);
    Value x = left != null ? context.cast(left, dtype) : number(context, 0, dtype);
    Value y = right != null ? context.cast(right, dtype) : number(context, 1, dtype);
    return Lowered.of(context.binary(KerasOperations.binary(layer.function()).orElseThrow(), x, y));
  }

  /** The type of both operands: that of the tensor, and floating-point beats whole numbers. */
  private static DataType common(@Nullable Value left, @Nullable Value right) {
    if (left == null || right == null) {
      Value only = left != null ? left : right;
      if (only == null) {
        throw new IllegalArgumentException("an operand must be a tensor");
      }
      return only.type().dtype();
    }
    DataType a = left.type().dtype();
    return a.isFloating() ? a : right.type().dtype();
  }

  private static Value number(LoweringContext context, int position, DataType dtype) {
    Tree literal =
        context
            .literal(position)
            .orElseThrow(() -> new IllegalArgumentException("operand " + position + " is missing"));
    double value =
        literal
            .asDouble()
            .or(() -> literal.asBoolean().map(b -> b ? 1.0 : 0.0))
            .orElseThrow(
                () -> new IllegalArgumentException("operand " + position + " is " + literal));
    return context.scalar("number", dtype, value);
  }
}
