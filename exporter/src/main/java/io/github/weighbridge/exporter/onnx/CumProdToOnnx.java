package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.CumProd;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import io.github.weighbridge.formats.onnx.OnnxGraph;
import io.github.weighbridge.formats.onnx.OnnxNode;
import io.github.weighbridge.formats.onnx.OnnxValueInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A {@code Scan} along the axis that multiplies: there is no running product. */
final class CumProdToOnnx implements OnnxTranslator<CumProd> {

  @Override
  public void translate(CumProd op, Step step, OnnxContext onnx) {
    DataType dtype = onnx.dtype(step.output());
    DataType computed = OnnxPrecision.arithmetic(dtype);
    Shape shape = onnx.shape(step.operand(0));
    List<Dim> dims = new ArrayList<>();
    List<DimSource> sources = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      if (i != op.axis()) {
        dims.add(shape.dim(i));
        sources.add(DimSource.of(shape.dim(i), 0, i));
      }
    }
    String one = onnx.scalar(computed, 1);
    String ones =
        dims.isEmpty()
            ? one
            : onnx.node(step, "Expand", one, new ShapeVector(step, onnx, sources).name());
    String x = onnx.cast(step, onnx.in(step, 0), dtype, computed);
    TensorType element = new TensorType(computed, new Shape(dims));
    String products =
        onnx.nodes(
                step,
                "Scan",
                List.of(ones, x),
                Map.of(
                    "num_scan_inputs", OnnxAttribute.of(1),
                    "scan_input_axes", OnnxAttribute.ofInts(op.axis()),
                    "scan_output_axes", OnnxAttribute.ofInts(op.axis()),
                    "body", new OnnxAttribute.Body(body(step, onnx, element))),
                true,
                true)
            .get(1);
    onnx.bind(step.output(), onnx.cast(step, products, computed, dtype));
  }

  private static OnnxGraph body(Step step, OnnxContext onnx, TensorType element) {
    OnnxValueInfo product = info(step, onnx, "product", element);
    OnnxValueInfo next = info(step, onnx, "next", element);
    List<OnnxValueInfo> outputs = new ArrayList<>();
    List<OnnxNode> nodes =
        onnx.body(
            () -> {
              String result = onnx.node(step, "Mul", product.name(), next.name());
              outputs.add(new OnnxValueInfo(result, element));
              // An output of its own: names are given once.
              outputs.add(new OnnxValueInfo(onnx.node(step, "Identity", result), element));
            });
    return new OnnxGraph(
        onnx.newName(step.name() + "/body"), List.of(product, next), Map.of(), nodes, outputs);
  }

  private static OnnxValueInfo info(Step step, OnnxContext onnx, String name, TensorType element) {
    return new OnnxValueInfo(onnx.newName(step.name() + "/" + name), element);
  }
}
