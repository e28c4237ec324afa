package io.github.weighbridge.conformance.docs.quarry;

// docs/custom-layers.md begins
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.CallTypes;
import io.github.weighbridge.core.layer.CustomLayer;
import io.github.weighbridge.core.layer.LoweringCall;
import io.github.weighbridge.core.layer.WeightSpec;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/** {@code sign(x) |x| ** power * factor + offset}, over the last axis. */
public record Balance(double power, boolean useOffset) implements CustomLayer {

  @Override
  public String className() {
    return "Quarry>Balance";
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    long channels = call.input().shape().dim(-1).size();
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(WeightSpec.trainable("factor", channels));
    if (useOffset) {
      weights.add(WeightSpec.trainable("offset", channels));
    }
    return weights;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(call.input());
  }

  @Override
  public List<Value> lower(LoweringCall call) {
    Value x = call.input();
    Value size = call.binary(BinaryFunction.POWER, call.unary(UnaryFunction.ABS, x), power);
    Value bent = call.binary(BinaryFunction.MULTIPLY, call.unary(UnaryFunction.SIGN, x), size);
    Value scaled = call.binary(BinaryFunction.MULTIPLY, bent, call.weight("factor"));
    return List.of(
        useOffset ? call.binary(BinaryFunction.ADD, scaled, call.weight("offset")) : scaled);
  }

  @Override
  public boolean supportsMasking() {
    return true;
  }
}
// docs/custom-layers.md ends
