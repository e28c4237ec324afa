package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.KerasFunction;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.KerasOperations;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations behind {@code keras.ops} functions. They end masks: in Keras 3 functions know
 * none, those of tf.keras are layers that do not support masking.
 */
final class KerasOperationLowering implements Lowering<KerasOperation> {

  @Override
  public Lowered lower(KerasOperation layer, LoweringContext context) {
    String name = layer.function();
    KerasFunction function =
        KerasOperations.function(name)
            .orElseThrow(
                () ->
                    new Refusal(
                        ProblemCode.OPERATION_UNSUPPORTED,
                        "must be an operation that is known here",
                        "'" + name + "'",
                        "known are " + String.join(", ", KerasOperations.names())));
    List<Argument> arguments = context.operands();
    KerasFunction.Call call = KerasOperations.call(layer.arguments(), arguments);
    List<Value> operands = operands(function, call, arguments, context);
    List<TensorType> types = operands.stream().map(Value::type).toList();
    Value result = operands.get(0);
    boolean first = true;
    for (Operation operation : function.form().operations(call, types)) {
      result =
          first
              ? context.add(name, operation, operands.toArray(Value[]::new))
              : context.add(name, operation, result);
      first = false;
    }
    return Lowered.of(result);
  }

  private static List<Value> operands(
      KerasFunction function,
      KerasFunction.Call call,
      List<Argument> arguments,
      LoweringContext context) {
    List<DataType> dtypes = function.operandTypes(call);
    List<Value> values = new ArrayList<>();
    arguments.forEach(argument -> values.addAll(argument.values()));
    List<Value> operands = new ArrayList<>();
    int tensor = 0;
    for (int i = 0; i < dtypes.size(); i++) {
      @Nullable Tree number = call.numbers().get(i);
      operands.add(
          number == null
              ? context.cast(values.get(tensor++), dtypes.get(i))
              : context.scalar("number", dtypes.get(i), numeric(number)));
    }
    return operands;
  }

  private static double numeric(Tree number) {
    return number.asDouble().orElse(number.asBoolean().orElse(false) ? 1.0 : 0.0);
  }
}
