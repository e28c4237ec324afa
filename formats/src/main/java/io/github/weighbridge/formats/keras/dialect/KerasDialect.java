package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.formats.keras.KerasGeneration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A generation of Keras, by how it spells models. */
public enum KerasDialect {
  /** Keras 1: list-form nodes without arguments, other keys, Merge for all ways to merge. */
  KERAS_1(
      "Keras 1",
      List.of(TfKerasSequential::toKeras3, Keras1Branches::toKeras2),
      List.of(Keras1Layers::toKeras2, TfKerasNodes::toCanonical, TfKerasLayers::toKeras3)),
  /** Keras 2 of TensorFlow, up to tf_keras: list-form nodes, {@code batch_input_shape}. */
  TF_KERAS(
      "tf.keras 2",
      List.of(TfKerasSequential::toKeras3, Keras1Branches::toKeras2),
      List.of(
          Keras1Layers::keptByKeras2,
          TfKerasOperations::toKeras3,
          TfKerasNodes::toCanonical,
          TfKerasLayers::toKeras3)),
  /** Keras 3: nodes with args and kwargs, {@code batch_shape}, dtype policies. */
  KERAS_3(
      "Keras 3",
      List.of(Pipelines::toCanonical),
      List.of(Keras3Operations::toCanonical, Keras3Nodes::toCanonical, l -> l));

  private final String label;
  private final List<UnaryOperator<Tree.Obj>> outward;
  private final List<UnaryOperator<Tree.Obj>> inward;

  KerasDialect(
      String label, List<UnaryOperator<Tree.Obj>> outward, List<UnaryOperator<Tree.Obj>> inward) {
    this.label = label;
    this.outward = outward;
    this.inward = inward;
  }

  /** For people: {@code Keras 3}. */
  public String label() {
    return label;
  }

  /** The dialect of a generation, or of a model whose file names none. */
  public static KerasDialect of(Optional<KerasGeneration> generation, Tree.Obj model) {
    if (generation.isEmpty()) {
      return LayerWalk.contains(model, "batch_shape") ? KERAS_3 : TF_KERAS;
    }
    return switch (generation.get()) {
      case KERAS_1 -> KERAS_1;
      case KERAS_2 -> TF_KERAS;
      case KERAS_3 -> KERAS_3;
    };
  }

  /**
   * A model, nested ones included, in canonical form.
   *
   * @param imageDimOrdering what Keras 1 was set to, where no layer of the model tells it
   * @param theano whether Theano ran it
   * @param version that of the Keras that wrote it, where known
   */
  public Tree.Obj toCanonical(
      Tree.Obj model, ImageDimOrdering imageDimOrdering, boolean theano, Optional<String> version) {
    Tree.Obj written =
        this == KERAS_1 ? Keras1ImageOrdering.written(model, imageDimOrdering) : model;
    if (version.filter(SeveralBackends::wrote).isPresent()) {
      written =
          LayerWalk.apply(
              written, List.of(TfKerasSequential::toKeras3), List.of(SeveralBackends::toCanonical));
    }
    Optional<UnaryOperator<Tree.Obj>> earlier = version.flatMap(this::earlier);
    if (earlier.isPresent()) {
      written = LayerWalk.apply(written, outward, List.of(earlier.get()));
    }
    Tree.Obj canonical = toCanonical(written);
    return theano
        ? LayerWalk.apply(canonical, List.of(), List.of(TheanoPadding::toCanonical))
        : canonical;
  }

  /** A model, nested ones included, in canonical form. */
  public Tree.Obj toCanonical(Tree.Obj model) {
    Tree.Obj lifted = LayerWalk.apply(model, outward, inward);
    return LayerWalk.apply(
        lifted, List.of(), List.of(CanonicalLayers::toCanonical, SequentialInput::toCanonical));
  }

  /**
   * A canonical model as this generation spells it; Keras 1 is read only. What the generation
   * cannot spell is told; what it only means otherwise, reading the result again shows.
   *
   * @throws IllegalArgumentException for Keras 1
   */
  public Tree.Obj fromCanonical(Tree.Obj model, Place file, Problems problems) {
    Spelling spelling =
        switch (this) {
          case KERAS_1 -> throw new IllegalArgumentException("Keras 1 is not written");
          case TF_KERAS -> new TfKerasSpelling();
          case KERAS_3 -> new Keras3Spelling();
        };
    return new ModelSpelling(spelling, new Findings(file, problems)).spelled(model);
  }

  /** Whether a model of some version computes the same in the last one of its generation. */
  public boolean isCurrent(Tree.Obj model, String version) {
    return earlier(version).map(rule -> LayerWalk.apply(model, rule).equals(model)).orElse(true);
  }

  /** The rule for what earlier versions of the generation computed otherwise. */
  private Optional<UnaryOperator<Tree.Obj>> earlier(String version) {
    return switch (this) {
      case KERAS_1 -> Optional.empty();
      case TF_KERAS -> EarlierTfKeras.of(version);
      case KERAS_3 -> EarlierKeras3.of(version);
    };
  }

  /** Whether a layer as Keras 3 writes it is a function of {@code keras.ops}, and no layer. */
  public static boolean isFunction(Tree.Obj layer) {
    return Keras3Operations.isOfOps(layer);
  }

  /** Whether some layer of a model, at any depth, is one that only cuDNN could run. */
  public static boolean holdsCudnn(Tree.Obj model) {
    return TfKerasLayers.holdsCudnn(model);
  }
}
