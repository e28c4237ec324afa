package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.CategoryOutput;
import io.github.weighbridge.core.layer.IndexLookup;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.HashBucket;
import io.github.weighbridge.core.op.Lookup;
import io.github.weighbridge.core.op.Lookup.Labels;
import io.github.weighbridge.core.op.Lookup.Numbers;
import io.github.weighbridge.core.op.Lookup.Words;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** The vocabulary of a layer as operations. */
final class VocabularyTable {

  /** Marks what is not in the vocabulary until it has its index. */
  private static final long UNKNOWN = -1;

  private final IndexLookup layer;
  private final LoweringContext context;
  private final List<Tree> tokens;

  VocabularyTable(IndexLookup layer, LoweringContext context) {
    this.layer = layer;
    this.context = context;
    this.tokens =
        layer
            .tokens()
            .orElseThrow(
                () ->
                    new Refusal(
                        ProblemCode.WEIGHT_MISSING,
                        "the vocabulary must be there",
                        "",
                        "save the model as .keras, which keeps it beside the weights"));
  }

  /** Terms for indices. */
  Value terms(Value indices) {
    List<Long> keys = indices();
    List<Tree> values = new ArrayList<>(tokens);
    if (layer.maskToken() != null) {
      keys.add(0, 0L);
      values.add(0, layer.maskToken());
    }
    if (layer.oovToken() == null) {
      throw context.unsupported("oov_token must be set when the layer is inverted", "null");
    }
    Lookup lookup =
        new Lookup(new Numbers(keys), labels(values), labels(List.of(layer.oovToken())));
    return context.add("lookup", lookup, context.cast(indices, DataType.INT64));
  }

  private List<Long> indices() {
    long first = layer.tokenStart();
    return new ArrayList<>(LongStream.range(first, first + tokens.size()).boxed().toList());
  }

  /** The output for terms, in the form that the layer gives it. */
  Value output(Value terms) {
    Value indices = known(terms);
    if (layer.numOovIndices() > 1) {
      Value unknown = context.binary(BinaryFunction.EQUAL, indices, UNKNOWN);
      indices = context.add("where", new Where(), unknown, spread(terms), indices);
    }
    CategoryOutput mode = layer.outputMode();
    long depth = mode == CategoryOutput.INT ? 0 : layer.depth();
    Value output = Categories.encode(context, indices, mode, depth, layer.outputDtype());
    return mode == CategoryOutput.TF_IDF
        ? context.binary(BinaryFunction.MULTIPLY, output, weights())
        : output;
  }

  /** Indices of terms; the mask's is dropped by the forms that have no place for it. */
  private Value known(Value terms) {
    List<Tree> keys = new ArrayList<>(tokens);
    List<Long> values = indices();
    if (layer.maskToken() != null) {
      keys.add(0, layer.maskToken());
      values.add(0, layer.outputMode() == CategoryOutput.INT ? 0 : Long.MAX_VALUE);
    }
    Labels otherwise =
        switch (layer.numOovIndices()) {
          case 0 -> null;
          case 1 -> new Numbers(List.of((long) layer.oovStart()));
          default -> new Numbers(List.of(UNKNOWN));
        };
    return context.add("lookup", new Lookup(labels(keys), new Numbers(values), otherwise), terms);
  }

  /** The indices of terms outside the vocabulary, where they have several. */
  private Value spread(Value terms) {
    boolean remainder =
        terms.type().dtype() != DataType.STRING
            && layer.oovMethod() == IndexLookup.OovMethod.FLOORMOD;
    Value bucket =
        remainder
            ? context.binary(BinaryFunction.MODULO, terms, layer.numOovIndices())
            : context.add("hash", new HashBucket(layer.numOovIndices(), layer.salt()), terms);
    return context.binary(BinaryFunction.ADD, bucket, layer.oovStart());
  }

  private Value weights() {
    if (context.hasWeight("idf_weights")) {
      return context.weight("idf_weights", layer.outputDtype());
    }
    double[] weights =
        layer
            .weightsOfVocabulary()
            .orElseThrow(
                () ->
                    context.unsupported(
                        "the weights of the vocabulary must be there", "no idf_weights"));
    return context.constant(
        "idf_weights", WeightRef.of(Tensor.of(weights, weights.length).cast(layer.outputDtype())));
  }

  private Labels labels(List<Tree> terms) {
    if (layer.vocabularyDtype() == DataType.STRING) {
      return new Words(terms.stream().map(t -> t.asText().orElseThrow(() -> odd(t))).toList());
    }
    return new Numbers(terms.stream().map(t -> t.asLong().orElseThrow(() -> odd(t))).toList());
  }

  private Refusal odd(Tree term) {
    return context.unsupported(
        "every term must be of type " + layer.vocabularyDtype(), term.toString());
  }
}
