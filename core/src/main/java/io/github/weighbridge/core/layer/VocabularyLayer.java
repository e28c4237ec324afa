package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A layer with a vocabulary, which a file may keep beside the configuration. */
public sealed interface VocabularyLayer extends Layer permits IndexLookup, TextVectorization {

  /**
   * This layer with the vocabulary that a file keeps beside, if it has none of its own.
   *
   * @param terms one after the other, special ones included
   * @throws IllegalArgumentException if a term is not of the vocabulary's type
   */
  VocabularyLayer withStored(List<String> terms);

  /** The terms, numbers or strings, special ones included where a file keeps them so; or null. */
  @Nullable List<Tree> vocabulary();

  /**
   * The weight of every category, as Keras fills up what was given for the vocabulary: the special
   * terms weigh the average, padding nothing.
   */
  Optional<double[]> weightsOfVocabulary();
}
