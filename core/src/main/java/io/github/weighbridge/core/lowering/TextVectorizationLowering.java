package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.TextVectorization;
import io.github.weighbridge.core.op.StandardizeText;
import io.github.weighbridge.core.op.Tokenize;
import io.github.weighbridge.core.tensor.Shape;

/** {@code StandardizeText}, {@code Tokenize} and a lookup. */
final class TextVectorizationLowering implements Lowering<TextVectorization> {

  @Override
  public Lowered lower(TextVectorization layer, LoweringContext context) {
    Value text = context.rawInput();
    StandardizeText standardize = layer.standardizing();
    if (standardize != null) {
      text = context.add("standardize", standardize, text);
    }
    Shape texts = layer.texts(text.type().shape());
    if (texts.rank() < text.type().rank()) {
      text = context.add("texts", Shapes.like(texts, 0), text);
    }
    Tokenize tokenize = layer.tokenizing();
    if (tokenize != null) {
      text = context.add("tokenize", tokenize, text);
    }
    return Lowered.of(new VocabularyTable(layer.lookup(), context).output(text));
  }
}
