package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.op.StandardizeText;
import io.github.weighbridge.core.op.Tokenize;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keras's TextVectorization: texts are made alike, split into tokens and looked up. The empty
 * string is the mask, everything else outside the vocabulary has one index.
 *
 * <p>Weights: as those of {@link IndexLookup}.
 *
 * @param ngrams which numbers of neighbouring tokens are joined; null for tokens as they are
 * @param outputSequenceLength the number of tokens in each row, with INT; null for that of the
 *     longest
 * @param outputDtype the type of the output
 */
public record TextVectorization(
    @Nullable Integer maxTokens,
    @Nullable Standardize standardize,
    @Nullable Split split,
    @Nullable List<Integer> ngrams,
    CategoryOutput outputMode,
    @Nullable Integer outputSequenceLength,
    boolean padToMaxTokens,
    @Nullable List<Tree> vocabulary,
    @Nullable List<Double> idfWeights,
    @Nullable Integer vocabularySize,
    DataType outputDtype)
    implements VocabularyLayer {

  /** How texts are made alike. */
  public enum Standardize {
    LOWER,
    STRIP_PUNCTUATION,
    LOWER_AND_STRIP_PUNCTUATION
  }

  /** Where texts are split. */
  public enum Split {
    WHITESPACE,
    CHARACTER
  }

  /** Copies the lists; refuses what Keras refuses. */
  public TextVectorization {
    ngrams = ngrams == null ? null : List.copyOf(ngrams);
    vocabulary = vocabulary == null ? null : List.copyOf(vocabulary);
    idfWeights = idfWeights == null ? null : List.copyOf(idfWeights);
    Rules.require(
        ngrams == null || ngrams.stream().allMatch(n -> n > 0), "ngrams must be positive");
    Rules.require(
        outputSequenceLength == null || outputSequenceLength >= 0,
        "output_sequence_length must not be negative");
  }

  @Override
  public TextVectorization withStored(List<String> terms) {
    return new TextVectorization(
        maxTokens,
        standardize,
        split,
        ngrams,
        outputMode,
        outputSequenceLength,
        padToMaxTokens,
        lookup().withStored(terms).vocabulary(),
        idfWeights,
        vocabularySize,
        outputDtype);
  }

  /** The layer within that looks tokens up. */
  public IndexLookup lookup() {
    return new IndexLookup(
        DataType.STRING,
        maxTokens,
        1,
        Tree.of(""),
        Tree.of("[UNK]"),
        vocabulary,
        idfWeights,
        false,
        outputMode,
        padToMaxTokens,
        vocabularySize,
        IndexLookup.OovMethod.FLOORMOD,
        null,
        outputDtype);
  }

  /** How texts are made alike, as an operation; null where they stay as they are. */
  public @Nullable StandardizeText standardizing() {
    if (standardize == null) {
      return null;
    }
    return switch (standardize) {
      case LOWER -> new StandardizeText(true, false);
      case STRIP_PUNCTUATION -> new StandardizeText(false, true);
      case LOWER_AND_STRIP_PUNCTUATION -> new StandardizeText(true, true);
    };
  }

  /** How texts become tokens, as an operation; null where they are tokens and stay as they are. */
  public @Nullable Tokenize tokenizing() {
    Integer length = outputMode == CategoryOutput.INT ? outputSequenceLength : null;
    if (split == null && ngrams == null && length == null) {
      return null;
    }
    Tokenize.Split how = split == null ? Tokenize.Split.NONE : Tokenize.Split.valueOf(split.name());
    return new Tokenize(how, ngrams == null ? List.of() : ngrams, length);
  }

  /** The shape of the texts without the last axis of one, where they are split. */
  public Shape texts(Shape given) {
    if (split == null || given.rank() < 2) {
      return given;
    }
    Rules.require(
        CategoryOutput.isSingle(given), "the last axis must have size 1 to be split, got " + given);
    return new Shape(given.dims().subList(0, given.rank() - 1));
  }

  @Override
  public Optional<double[]> weightsOfVocabulary() {
    return lookup().weightsOfVocabulary();
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    List<WeightSpec> specs = new ArrayList<>(lookup().weights(call));
    // Keras 3 stores them with the layer and with the lookup within.
    specs.addAll(lookup().weights(call).stream().map(s -> s.inPart("_lookup_layer")).toList());
    return specs;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    TensorType x = call.input();
    Rules.require(x.dtype() == DataType.STRING, "text is needed, got " + x);
    Tokenize tokenize = tokenizing();
    TensorType tokens = x.withShape(texts(x.shape()));
    if (tokenize != null) {
      tokens = tokenize.outputTypes(List.of(tokens)).get(0);
    }
    Shape shape = tokens.shape();
    if (outputMode != CategoryOutput.INT) {
      shape = outputMode.shape(shape, lookup().depth());
    }
    return List.of(new TensorType(outputDtype, shape));
  }
}
