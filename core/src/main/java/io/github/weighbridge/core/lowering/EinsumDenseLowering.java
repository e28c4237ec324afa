package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.EinsumDense;
import io.github.weighbridge.core.layer.EinsumEquation;
import io.github.weighbridge.core.layer.Quantization;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code activation(einsum(equation, x, kernel) + bias)}; the mask ends here. */
final class EinsumDenseLowering implements Lowering<EinsumDense> {

  @Override
  public Lowered lower(EinsumDense layer, LoweringContext context) {
    Value x = context.cast(context.input(), context.computeType());
    @Nullable Quantization mode = context.quantization();
    Value y =
        mode == null
            ? context.einsum(layer.equation(), x, context.weight("kernel"))
            : new QuantizedProduct(context, mode, layer, NamedAxes.of(layer, context, x)).of(x);
    if (layer.biasAxes() != null) {
      y = context.binary(BinaryFunction.ADD, y, QuantizedProduct.bias(context));
    }
    return Lowered.of(Activations.apply(context, layer.activation(), y));
  }

  /**
   * The kernel along named axes.
   *
   * @param equation with a name for every axis
   * @param kernel its shape in the equation
   */
  private record NamedAxes(LoweringContext context, EinsumEquation equation, Shape kernel)
      implements QuantizedProduct.KernelUse {

    static NamedAxes of(EinsumDense layer, LoweringContext context, Value x) {
      Shape kernel = layer.kernelShape(x.type().shape());
      return new NamedAxes(
          context, layer.equation().expanded(List.of(x.type().rank(), kernel.rank())), kernel);
    }

    @Override
    public Value product(Value x, Value multiplied) {
      // Only a product of matrices has more bits than its operands.
      DataType dtype =
          x.type().dtype() == DataType.INT8 && !isMatrixProduct()
              ? DataType.INT32
              : x.type().dtype();
      return context.einsum(equation, context.cast(x, dtype), context.cast(multiplied, dtype));
    }

    /** Whether something is summed, and all of that in both operands. */
    private boolean isMatrixProduct() {
      String summed = named(String.join("", equation.operands()), axis -> !isKept(axis));
      return !summed.isEmpty()
          && summed
              .chars()
              .allMatch(axis -> equation.operands().stream().allMatch(o -> o.indexOf(axis) >= 0));
    }

    @Override
    public List<Integer> summedAxes() {
      return axes(given(), axis -> !isKept(axis));
    }

    @Override
    public Value fitted(Value inputScale) {
      Value kept = context.add("kept", new Squeeze(summedAxes()), inputScale);
      String names = named(given(), this::isKept);
      String order = named(equation.result(), axis -> names.indexOf(axis) >= 0);
      List<Integer> permutation = order.chars().mapToObj(names::indexOf).toList();
      Value ordered = context.add("ordered", new Transpose(permutation), kept);
      List<Integer> missing = axes(equation.result(), axis -> names.indexOf(axis) < 0);
      return missing.isEmpty() ? ordered : context.add("fitted", new Unsqueeze(missing), ordered);
    }

    @Override
    public Value shaped(Value matrix) {
      return context.add("kernel", Shapes.like(kernel, 0), matrix);
    }

    @Override
    public boolean scalesKernelFirst() {
      return true;
    }

    private String given() {
      return equation.operands().get(0);
    }

    private boolean isKept(int axis) {
      return equation.result().indexOf(axis) >= 0;
    }

    private static List<Integer> axes(String names, IntPredicate isWanted) {
      return IntStream.range(0, names.length())
          .filter(axis -> isWanted.test(names.charAt(axis)))
          .boxed()
          .toList();
    }

    private static String named(String names, IntPredicate isWanted) {
      return names
          .chars()
          .filter(isWanted)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();
    }
  }
}
