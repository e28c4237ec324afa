package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code MatMul}, of int8 {@code MatMulInteger}; with the bias that follows it {@code Gemm}, for
 * matrices: the form in which every runtime recognises a dense layer.
 */
final class MatMulToOnnx implements OnnxTranslator<MatMul> {

  @Override
  public void translate(MatMul op, Step step, OnnxContext onnx) {
    Optional<Step> add = biasStep(step, onnx);
    if (add.isPresent()) {
      Value bias = otherOperand(add.get(), step.output());
      onnx.markDone(add.get());
      onnx.result(
          add.get(),
          "Gemm",
          List.of(onnx.in(step, 0), onnx.in(step, 1), onnx.name(bias)),
          Map.of());
      return;
    }
    if (step.operand(0).type().dtype() == DataType.INT8) {
      onnx.result(step, "MatMulInteger", List.of(onnx.in(step, 0), onnx.in(step, 1)), Map.of());
      return;
    }
    DataType dtype = onnx.dtype(step.output());
    DataType computed = OnnxPrecision.arithmetic(dtype);
    String a = onnx.cast(step, onnx.in(step, 0), dtype, computed);
    String b = onnx.cast(step, onnx.in(step, 1), dtype, computed);
    onnx.bind(step.output(), onnx.cast(step, onnx.node(step, "MatMul", a, b), computed, dtype));
  }

  /** The addition of a constant vector to the product of [n, k] and a constant [k, m]. */
  private static Optional<Step> biasStep(Step step, OnnxContext onnx) {
    Value product = step.output();
    boolean matrices =
        step.operand(0).type().rank() == 2
            && step.operand(1).type().rank() == 2
            && onnx.constantOf(step.operand(1)).isPresent()
            && product.type().dtype().isFloating();
    return onnx.soleConsumer(product)
        .filter(next -> matrices && next.op().equals(new Binary(BinaryFunction.ADD)))
        .filter(next -> isBias(otherOperand(next, product), product, onnx));
  }

  private static boolean isBias(Value value, Value product, OnnxContext onnx) {
    return onnx.constantOf(value).isPresent()
        && value.type().rank() == 1
        && onnx.shape(value).dim(0).equals(onnx.shape(product).dim(1));
  }

  private static Value otherOperand(Step add, Value one) {
    return add.operand(0) == one ? add.operand(1) : add.operand(0);
  }
}
