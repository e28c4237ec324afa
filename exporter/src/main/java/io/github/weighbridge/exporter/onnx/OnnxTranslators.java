package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.ArgReduce;
import io.github.weighbridge.core.op.ArgSort;
import io.github.weighbridge.core.op.BatchNormalization;
import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.Cast;
import io.github.weighbridge.core.op.Concat;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.ConvTranspose;
import io.github.weighbridge.core.op.CumProd;
import io.github.weighbridge.core.op.CumSum;
import io.github.weighbridge.core.op.Expand;
import io.github.weighbridge.core.op.FeatureCross;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.GatherElements;
import io.github.weighbridge.core.op.GatherND;
import io.github.weighbridge.core.op.HashBucket;
import io.github.weighbridge.core.op.LayerNormalization;
import io.github.weighbridge.core.op.Lookup;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Pad;
import io.github.weighbridge.core.op.Pool;
import io.github.weighbridge.core.op.Recurrent;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Resize;
import io.github.weighbridge.core.op.Scan;
import io.github.weighbridge.core.op.ScatterND;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Softmax;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.StandardizeText;
import io.github.weighbridge.core.op.Tokenize;
import io.github.weighbridge.core.op.TopK;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Where;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every operation with its translator. */
final class OnnxTranslators {

  private OnnxTranslators() {}

  /** One line of the list. */
  private record Row<O extends Operation>(Class<O> operation, OnnxTranslator<O> translator) {

    void translate(Step step, OnnxContext onnx) {
      translator.translate(operation.cast(step.op()), step, onnx);
    }
  }

  private static <O extends Operation> Row<O> row(
      Class<O> operation, OnnxTranslator<O> translator) {
    return new Row<>(operation, translator);
  }

  private static final List<Row<?>> ROWS =
      List.of(
          row(ArgReduce.class, new ArgReduceToOnnx()),
          row(ArgSort.class, new ArgSortToOnnx()),
          row(BatchNormalization.class, new BatchNormalizationToOnnx()),
          row(Binary.class, new BinaryToOnnx()),
          row(Cast.class, new CastToOnnx()),
          row(Concat.class, new ConcatToOnnx()),
          row(Conv.class, new ConvToOnnx()),
          row(ConvTranspose.class, new ConvTransposeToOnnx()),
          row(CumProd.class, new CumProdToOnnx()),
          row(CumSum.class, new CumSumToOnnx()),
          row(Expand.class, new ExpandToOnnx()),
          row(
              FeatureCross.class,
              new NoOnnxForm<>(
                  "must be an operation that ONNX can express: it has no hash of features")),
          row(Gather.class, new GatherToOnnx()),
          row(GatherElements.class, new GatherElementsToOnnx()),
          row(GatherND.class, new GatherNDToOnnx()),
          row(
              HashBucket.class,
              new NoOnnxForm<>(
                  "must be an operation that ONNX can express: it has no hash of strings")),
          row(LayerNormalization.class, new LayerNormalizationToOnnx()),
          row(Lookup.class, new LookupToOnnx()),
          row(MatMul.class, new MatMulToOnnx()),
          row(Pad.class, new PadToOnnx()),
          row(Pool.class, new PoolToOnnx()),
          row(Recurrent.class, new RecurrentToOnnx()),
          row(Reduce.class, new ReduceToOnnx()),
          row(Reshape.class, new ReshapeToOnnx()),
          row(Resize.class, new ResizeToOnnx()),
          row(ScatterND.class, new ScatterNDToOnnx()),
          row(Scan.class, new ScanToOnnx()),
          row(Slice.class, new SliceToOnnx()),
          row(Softmax.class, new SoftmaxToOnnx()),
          row(Squeeze.class, new SqueezeToOnnx()),
          row(TopK.class, new TopKToOnnx()),
          row(
              StandardizeText.class,
              new NoOnnxForm<>(
                  "must be an operation that ONNX can express: its StringNormalizer takes one row of"
                      + " texts and leaves punctuation")),
          row(
              Tokenize.class,
              new NoOnnxForm<>(
                  "must be an operation that ONNX can express: it splits texts at blanks only, and"
                      + " joins none")),
          row(Transpose.class, new TransposeToOnnx()),
          row(Unary.class, new UnaryToOnnx()),
          row(Unsqueeze.class, new UnsqueezeToOnnx()),
          row(Where.class, new WhereToOnnx()));

  /** The operations that can be translated. */
  static Set<Class<? extends Operation>> operations() {
    return ROWS.stream().map(Row::operation).collect(Collectors.toSet());
  }

  /** Translates the steps that are wanted, and tells of those that ONNX cannot express. */
  static void translate(List<Step> steps, OnnxContext onnx) {
    for (Step step : steps) {
      if (onnx.isDone(step) || step.outputs().stream().noneMatch(onnx::isUsed)) {
        continue;
      }
      if (!translate(step, onnx)) {
        onnx.unsupported(step, "must be an operation that ONNX can express", step.op().name(), "");
      }
      onnx.bindUnsupported(step);
    }
  }

  /** Translates a step; false if its operation is not in the list. */
  private static boolean translate(Step step, OnnxContext onnx) {
    Optional<Row<?>> row =
        ROWS.stream().filter(r -> r.operation().isInstance(step.op())).findFirst();
    row.ifPresent(r -> r.translate(step, onnx));
    return row.isPresent();
  }
}
