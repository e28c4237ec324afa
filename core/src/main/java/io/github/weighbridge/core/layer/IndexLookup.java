package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keras's StringLookup and IntegerLookup: the index of each term in a vocabulary, or the term of
 * each index. Index 0 is the mask's where there is a mask token and the output is INT; then come
 * those of terms that are not in the vocabulary, then the vocabulary.
 *
 * <p>Weights: idf_weights {@code [depth]}, with TF_IDF and where the file has them.
 *
 * @param vocabularyDtype STRING or INT64
 * @param maxTokens the depth of the output where it is padded
 * @param numOovIndices how many indices terms outside the vocabulary have; with 0 there must be
 *     none
 * @param maskToken the term that is masked, or null
 * @param oovToken what an index outside the vocabulary becomes when the layer is inverted
 * @param vocabulary the terms, with or without the special ones in front; null where the file keeps
 *     them elsewhere
 * @param idfWeights a weight for each term of {@code vocabulary}
 * @param vocabularySize how many indices there are
 * @param salt the key of the hash of strings, or null
 * @param outputDtype the type of the output of a layer that is not inverted
 */
public record IndexLookup(
    DataType vocabularyDtype,
    @Nullable Integer maxTokens,
    int numOovIndices,
    @Nullable Tree maskToken,
    @Nullable Tree oovToken,
    @Nullable List<Tree> vocabulary,
    @Nullable List<Double> idfWeights,
    boolean invert,
    CategoryOutput outputMode,
    boolean padToMaxTokens,
    @Nullable Integer vocabularySize,
    OovMethod oovMethod,
    @Nullable List<Long> salt,
    DataType outputDtype)
    implements VocabularyLayer {

  static final String IDF_WEIGHTS = "idf_weights";

  /** How integers outside the vocabulary are spread over several indices. */
  public enum OovMethod {
    /** By their remainder. */
    FLOORMOD,
    /** By the hash of their decimal text. */
    FARMHASH
  }

  /** Copies the lists; refuses what Keras refuses. */
  public IndexLookup {
    vocabulary = vocabulary == null ? null : List.copyOf(vocabulary);
    idfWeights = idfWeights == null ? null : List.copyOf(idfWeights);
    salt = salt == null ? null : List.copyOf(salt);
    Rules.require(numOovIndices >= 0, "num_oov_indices must not be negative");
    Rules.require(
        !invert || outputMode == CategoryOutput.INT, "output_mode must be 'int' with invert");
    Rules.require(!padToMaxTokens || maxTokens != null, "max_tokens must be set to be padded to");
    Rules.require(
        vocabularyDtype == DataType.STRING || vocabularyDtype == DataType.INT64,
        "vocabulary_dtype must be string or int64");
    Rules.require(
        vocabulary == null || idfWeights == null || idfWeights.size() == vocabulary.size(),
        "idf_weights must have a number for each term of the vocabulary");
  }

  @Override
  public IndexLookup withStored(List<String> terms) {
    if (vocabulary != null) {
      return this;
    }
    List<Tree> stored =
        terms.stream()
            .map(term -> vocabularyDtype == DataType.STRING ? Tree.of(term) : number(term))
            .toList();
    return new IndexLookup(
        vocabularyDtype,
        maxTokens,
        numOovIndices,
        maskToken,
        oovToken,
        stored,
        idfWeights,
        invert,
        outputMode,
        padToMaxTokens,
        vocabularySize,
        oovMethod,
        salt,
        outputDtype);
  }

  private static Tree number(String term) {
    try {
      return Tree.of(Long.parseLong(term.trim()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + term + "' is no whole number", e);
    }
  }

  /** The index of the first term that is not in the vocabulary; that of the mask is before it. */
  public int oovStart() {
    return maskToken != null && outputMode == CategoryOutput.INT ? 1 : 0;
  }

  /** The index of the vocabulary's first term. */
  public int tokenStart() {
    return Math.addExact(oovStart(), numOovIndices);
  }

  /** Whether the vocabulary has the special terms in front. */
  private boolean startsSpecial(List<Tree> terms) {
    List<Tree> special = new ArrayList<>();
    if (maskToken != null) {
      special.addAll(Collections.nCopies(oovStart(), maskToken));
    }
    special.addAll(
        Collections.nCopies(numOovIndices, Objects.requireNonNullElse(oovToken, Tree.none())));
    return terms.size() >= special.size() && terms.subList(0, special.size()).equals(special);
  }

  /**
   * The vocabulary without special terms, if it is known.
   *
   * @throws IllegalArgumentException if a term stands there twice, or is the mask's
   */
  public Optional<List<Tree>> tokens() {
    if (vocabulary == null) {
      return Optional.empty();
    }
    List<Tree> tokens =
        startsSpecial(vocabulary)
            ? vocabulary.subList(tokenStart(), vocabulary.size())
            : vocabulary;
    Rules.require(
        new HashSet<>(tokens).size() == tokens.size(), "the vocabulary must have each term once");
    Rules.require(
        maskToken == null || !tokens.contains(maskToken),
        "the mask token must stand in front of the vocabulary or not in it");
    return Optional.of(tokens);
  }

  /**
   * How many categories there are: the depth of vectors.
   *
   * @throws IllegalArgumentException if neither the vocabulary nor its size is known
   */
  public int depth() {
    if (padToMaxTokens && maxTokens != null) {
      return maxTokens;
    }
    Optional<List<Tree>> tokens = tokens();
    if (tokens.isPresent()) {
      return Math.addExact(tokenStart(), tokens.get().size());
    }
    Rules.require(vocabularySize != null, "the size of the vocabulary must be known");
    return Objects.requireNonNull(vocabularySize);
  }

  @Override
  public Optional<double[]> weightsOfVocabulary() {
    if (vocabulary == null || idfWeights == null) {
      return Optional.empty();
    }
    double[] weights = new double[depth()];
    int front = startsSpecial(vocabulary) ? 0 : tokenStart();
    Rules.require(
        front + idfWeights.size() <= weights.length,
        "the vocabulary must not be larger than max_tokens");
    double average = idfWeights.stream().mapToDouble(w -> w).average().orElse(0);
    for (int i = 0; i < front + idfWeights.size(); i++) {
      weights[i] = i < front ? average : idfWeights.get(i - front);
    }
    return Optional.of(weights);
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    return outputMode == CategoryOutput.TF_IDF
        ? List.of(WeightSpec.optional(IDF_WEIGHTS, depth()))
        : List.of();
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    TensorType x = call.input();
    boolean text = !invert && vocabularyDtype == DataType.STRING;
    Rules.require(
        text == (x.dtype() == DataType.STRING),
        (text ? "text" : "whole numbers") + " must be looked up, got " + x);
    if (invert) {
      return List.of(x.withDtype(vocabularyDtype));
    }
    return List.of(
        new TensorType(
            outputDtype,
            outputMode == CategoryOutput.INT ? x.shape() : outputMode.shape(x.shape(), depth())));
  }
}
