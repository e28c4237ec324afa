package io.github.weighbridge.formats.keras;

import io.github.weighbridge.core.config.Tree;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/**
 * What a {@code .keras} zip holds, in the spelling of the Keras that is to read it.
 *
 * @param config the model: {@code class_name}, {@code config}, {@code compile_config} and so on
 * @param kerasVersion what it claims to be written by
 * @param saved the time that it claims to be written at
 * @param weights the model's state; the optimizer's is its child {@code optimizer}
 * @param vocabularies what stands beside the weights, by the object that has it ({@code
 *     layers/string_lookup}): term by term, special ones included
 */
public record KerasArchive(
    Tree.Obj config,
    String kerasVersion,
    LocalDateTime saved,
    KerasWeights.ByPath weights,
    Map<String, List<String>> vocabularies) {

  /** Copies the vocabularies. */
  public KerasArchive {
    vocabularies = Map.copyOf(vocabularies);
  }
}
