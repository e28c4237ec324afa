package io.github.weighbridge.formats.keras;

import io.github.weighbridge.core.config.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was found in a container; see {@link KerasFile} for each part. */
record Contents(
    KerasForm form,
    Optional<String> kerasVersion,
    Optional<KerasGeneration> generation,
    Optional<String> backend,
    Optional<Tree.Obj> config,
    Optional<Tree.Obj> trainingConfig,
    Optional<KerasWeights> weights,
    List<NamedWeight> optimizerWeights,
    Map<String, List<String>> vocabularies) {

  /** Contents without vocabularies beside the weights. */
  Contents(
      KerasForm form,
      Optional<String> kerasVersion,
      Optional<KerasGeneration> generation,
      Optional<String> backend,
      Optional<Tree.Obj> config,
      Optional<Tree.Obj> trainingConfig,
      Optional<KerasWeights> weights,
      List<NamedWeight> optimizerWeights) {
    this(
        form,
        kerasVersion,
        generation,
        backend,
        config,
        trainingConfig,
        weights,
        optimizerWeights,
        Map.of());
  }

  static Contents architecture(KerasForm form, Tree.Obj config) {
    return architecture(form, config, KerasGeneration.ofConfig(config));
  }

  static Contents architecture(
      KerasForm form, Tree.Obj config, Optional<KerasGeneration> generation) {
    return new Contents(
        form,
        config.text("keras_version"),
        generation,
        config.text("backend"),
        Optional.of(config),
        config.object("compile_config"),
        Optional.empty(),
        List.of());
  }

  /** This architecture with the weights of another file, whose version and backend tell of them. */
  Contents with(Contents other) {
    return new Contents(
        form,
        kerasVersion.or(other::kerasVersion),
        generation.or(other::generation),
        other.backend.or(this::backend),
        config,
        trainingConfig,
        other.weights,
        other.optimizerWeights,
        other.vocabularies);
  }
}
