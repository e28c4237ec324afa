package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.AbsMaxQuantizer;
import io.github.weighbridge.core.layer.QuantizableLayer;
import io.github.weighbridge.core.layer.Quantization;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An input times a quantised kernel, as Keras (3.15) computes it: each mode rounds at places of its
 * own.
 */
final class QuantizedProduct {

  /** How a layer uses its kernel. */
  interface KernelUse {

    /** The product; of two int8 arrays in int32. */
    Value product(Value x, Value kernel);

    /** The axes of the input that are summed, ascending. */
    List<Integer> summedAxes();

    /** A number for each sum, with the input's axes, as an array that fits the result. */
    Value fitted(Value inputScale);

    /** A kernel that is stored as a matrix, as it is multiplied. */
    Value shaped(Value matrix);

    /** Whether a kernel of 4 bits without groups is scaled before the product, not after it. */
    boolean scalesKernelFirst();
  }

  private final LoweringContext context;
  private final Quantization quantization;
  private final QuantizableLayer layer;
  private final KernelUse use;

  QuantizedProduct(
      LoweringContext context, Quantization quantization, QuantizableLayer layer, KernelUse use) {
    this.context = context;
    this.quantization = quantization;
    this.layer = layer;
    this.use = use;
  }

  /** The product with the layer's input, in the type that the layer computes in. */
  Value of(Value x) {
    if (!x.type().dtype().isFloating()) {
      throw context.unsupported(
          "must be given floating-point numbers, being quantised", x.type().dtype().toString());
    }
    return switch (quantization.mode()) {
      case INT8 ->
          wholeKernel(x, context.weight("kernel"), layer.inputQuantizer(AbsMaxQuantizer.DEFAULT));
      case INT4 -> fourBits(x, layer.inputQuantizer(null));
      case FLOAT8 ->
          use.product(
              Quantizing.throughFloat8(context, x, context.weight("inputs_scale")),
              Quantizing.throughFloat8(
                  context, context.weight("kernel"), context.weight("kernel_scale")));
      case GPTQ, AWQ -> use.product(x, turnedKernel());
    };
  }

  /** A layer's bias: that of float8 is rounded to 16 bits where all others have 32. */
  static Value bias(LoweringContext context) {
    Quantization mode = context.quantization();
    boolean rounds =
        mode != null
            && mode.mode() == Quantization.Mode.FLOAT8
            && context.computeType() == DataType.FLOAT32;
    return rounds
        ? context.weight("bias", bias -> bias.cast(DataType.BFLOAT16))
        : context.weight("bias");
  }

  /** Whole numbers times whole numbers, then scaled; for plain inputs the kernel is cast. */
  private Value wholeKernel(Value x, Value kernel, @Nullable AbsMaxQuantizer quantizer) {
    Value scale = context.weight("kernel_scale");
    if (quantizer == null) {
      Value product = use.product(x, context.cast(kernel, context.computeType()));
      return context.binary(BinaryFunction.DIVIDE, product, scale);
    }
    Quantizing.Scaled whole = quantized(x, quantizer);
    Value product = context.cast(use.product(whole.values(), kernel), context.computeType());
    Value scales = context.binary(BinaryFunction.MULTIPLY, use.fitted(whole.scale()), scale);
    return context.binary(BinaryFunction.DIVIDE, product, scales);
  }

  private Quantizing.Scaled quantized(Value x, AbsMaxQuantizer quantizer) {
    return Quantizing.byLargest(context, quantizer, x, use.summedAxes());
  }

  private Value fourBits(Value x, @Nullable AbsMaxQuantizer quantizer) {
    DataType dtype = context.computeType();
    if (quantization.isGrouped()) {
      Value kernel =
          Quantizing.byGroups(
              context,
              unpacked(dtype),
              context.weight("kernel_scale"),
              context.weight("kernel_zero", dtype),
              groups());
      return use.product(x, use.shaped(kernel));
    }
    if (!use.scalesKernelFirst()) {
      return wholeKernel(x, unpacked(DataType.INT8), quantizer);
    }
    Value scale = context.weight("kernel_scale");
    Value kernel = use.shaped(context.binary(BinaryFunction.DIVIDE, unpacked(dtype), scale));
    if (quantizer == null) {
      return use.product(x, kernel);
    }
    Quantizing.Scaled whole = quantized(x, quantizer);
    Value product = use.product(context.cast(whole.values(), dtype), kernel);
    return context.binary(BinaryFunction.DIVIDE, product, use.fitted(whole.scale()));
  }

  /** The kernel of INT4 as a matrix. */
  private Value unpacked(DataType dtype) {
    long columns = context.weightSizes("kernel_scale")[quantization.isGrouped() ? 1 : 0];
    return context.weight("kernel", dtype, bytes -> bytes.unpacked(1, columns));
  }

  /** The kernel of GPTQ and AWQ, which is stored with a row for each output. */
  private Value turnedKernel() {
    long columns = context.weightSizes("kernel_scale")[0];
    boolean packed = quantization.weightBits() == 4;
    Value kernel =
        Quantizing.byGroups(
            context,
            context.weight("kernel", bytes -> turned(packed ? bytes.unpacked(0, columns) : bytes)),
            context.weight("kernel_scale", QuantizedProduct::turned),
            context.weight("kernel_zero", QuantizedProduct::turned),
            groups());
    if (quantization.mode() == Quantization.Mode.AWQ) {
      Value factors = context.weight("awq_scales", context.weightSizes("awq_scales")[0], 1);
      kernel = context.binary(BinaryFunction.DIVIDE, kernel, factors);
    }
    return use.shaped(kernel);
  }

  private static WeightRef turned(WeightRef matrix) {
    return matrix.transposed(1, 0);
  }

  /** The group of each row; the numbers are cast as the layer casts its weights. */
  private Value groups() {
    return context.cast(context.weight("g_idx"), DataType.INT32);
  }
}
