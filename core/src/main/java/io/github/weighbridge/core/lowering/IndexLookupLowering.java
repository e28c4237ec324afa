package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.IndexLookup;
import io.github.weighbridge.core.tensor.DataType;

/** A {@code Lookup} of terms or indices, the indices in the form that the layer gives out. */
final class IndexLookupLowering implements Lowering<IndexLookup> {

  @Override
  public Lowered lower(IndexLookup layer, LoweringContext context) {
    VocabularyTable table = new VocabularyTable(layer, context);
    Value given = context.rawInput();
    if (layer.invert()) {
      return Lowered.of(table.terms(given));
    }
    boolean text = layer.vocabularyDtype() == DataType.STRING;
    return Lowered.of(table.output(text ? given : context.cast(given, DataType.INT64)));
  }
}
