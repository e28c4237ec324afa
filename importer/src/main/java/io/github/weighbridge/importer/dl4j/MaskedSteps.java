package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.ZeroPadding;
import java.util.List;

/**
 * A sequence, some of whose steps are masked: all features of such a step are one number.
 *
 * @param vertex that masks it
 * @param format where DL4J has the features
 * @param steps {@code [batch, steps, features]}
 * @param counts {@code [batch, steps, 1]}: 0 at masked steps, 1 at others
 */
record MaskedSteps(VertexReading vertex, DataFormat format, Value steps, Value counts) {

  private static final Tree.Obj NONE = Tree.object();
  private static final Tree.Obj ALONG_STEPS = NONE.with("axis", Tree.of(1));

  /** The first input of a MaskZeroLayer. */
  static MaskedSteps of(VertexReading vertex, DataFormat format) {
    Value steps = vertex.sequence(format);
    double number = vertex.config().number("maskingValue", 0);
    Value differs = vertex.function("NotEqual", NONE, steps, number);
    Tree.Obj ofFeatures = NONE.with("axis", Tree.of(-1)).with("keepdims", Tree.of(true));
    Value any = vertex.function("Any", ofFeatures, differs);
    String dtype = steps.type().dtype().kerasName();
    Value counts = vertex.function("Cast", NONE.with("dtype", Tree.of(dtype)), any);
    return new MaskedSteps(vertex, format, steps, counts);
  }

  /** The steps with marks as last features, of which {@link ClearedRecurrence} knows. */
  Signal marked() {
    Value masked = vertex.function("Subtract", NONE, 1.0, counts);
    Value around =
        vertex.call(
            "_around", new ZeroPadding(List.of(List.of(1, 1)), DataFormat.CHANNELS_LAST), masked);
    Value before = part(around, Tree.none(), Tree.of(-2));
    Value after = part(around, Tree.of(2), Tree.none());
    Value all =
        vertex.functionOfAll(
            "Concatenate", NONE.with("axis", Tree.of(-1)), List.of(steps, masked, before, after));
    return VertexReading.sequence(all, format);
  }

  private Value part(Value x, Tree from, Tree to) {
    return vertex.function(
        "GetItem", NONE, x, List.of(Slices.ALL, Slices.key(from, to, Tree.none())));
  }

  /** What was made of the steps, zero where they are masked. */
  Signal cleared(Signal result) {
    Value sequence = vertex.withInputs(List.of(result)).sequence(format);
    return VertexReading.sequence(vertex.function("Multiply", NONE, sequence, counts), format);
  }

  /** The last step that counts of what was made of the steps; zeros if there is none. */
  Value last(Signal result) {
    Value sequence = vertex.withInputs(List.of(result)).sequence(format);
    Value soFar = vertex.function("Cumsum", ALONG_STEPS, counts);
    Tree.Obj kept = ALONG_STEPS.with("keepdims", Tree.of(true));
    Value all = vertex.function("Sum", kept, counts);
    Value complete = vertex.function("Equal", NONE, soFar, all);
    Value chosen = vertex.function("Multiply", NONE, counts, complete);
    Value alone = vertex.function("Multiply", NONE, sequence, chosen);
    return vertex.function("Sum", ALONG_STEPS, alone);
  }
}
