package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Dense;
import io.github.weighbridge.core.layer.Quantization;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.MatMul;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code activation(x kernel + bias)}. */
final class DenseLowering implements Lowering<Dense> {

  @Override
  public Lowered lower(Dense layer, LoweringContext context) {
    Value x = context.input();
    @Nullable Quantization mode = context.quantization();
    Value y;
    if (mode == null) {
      // Counts and the like come as whole numbers.
      Value floats = context.cast(x, context.computeType());
      y = context.add("matmul", new MatMul(), floats, context.weight("kernel"));
    } else {
      y = new QuantizedProduct(context, mode, layer, new Matrices(context, x)).of(x);
    }
    if (layer.useBias()) {
      y = context.binary(BinaryFunction.ADD, y, QuantizedProduct.bias(context));
    }
    return context.passMask(Activations.apply(context, layer.activation(), y));
  }

  /** The kernel as it is, along the last axis of the input. */
  private record Matrices(LoweringContext context, Value x) implements QuantizedProduct.KernelUse {

    @Override
    public Value product(Value rows, Value kernel) {
      return context.add("matmul", new MatMul(), rows, kernel);
    }

    @Override
    public List<Integer> summedAxes() {
      return List.of(x.type().rank() - 1);
    }

    @Override
    public Value fitted(Value inputScale) {
      return inputScale;
    }

    @Override
    public Value shaped(Value kernel) {
      return kernel;
    }

    @Override
    public boolean scalesKernelFirst() {
      return false;
    }
  }
}
