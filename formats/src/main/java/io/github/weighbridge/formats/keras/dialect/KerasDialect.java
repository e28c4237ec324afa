package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.formats.keras.KerasGeneration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A generation of Keras, by how it spells models. */
public enum KerasDialect {
  /** Keras 2 of TensorFlow, up to tf_keras: list-form nodes, {@code batch_input_shape}. */
  TF_KERAS(
      "tf.keras 2",
      List.of(TfKerasSequential::toKeras3),
      List.of(TfKerasOperations::toKeras3, TfKerasNodes::toCanonical, TfKerasLayers::toKeras3)),
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

  /**
   * The dialect of a generation, or of a model whose file names none.
   *
   * @return nothing for generations that are not read here
   */
  public static Optional<KerasDialect> of(Optional<KerasGeneration> generation, Tree.Obj model) {
    if (generation.isEmpty()) {
      return Optional.of(LayerWalk.contains(model, "batch_shape") ? KERAS_3 : TF_KERAS);
    }
    return switch (generation.get()) {
      case KERAS_1 -> Optional.empty();
      case KERAS_2 -> Optional.of(TF_KERAS);
      case KERAS_3 -> Optional.of(KERAS_3);
    };
  }

  /** A model, nested ones included, in canonical form. */
  public Tree.Obj toCanonical(Tree.Obj model) {
    Tree.Obj lifted = LayerWalk.apply(model, outward, inward);
    return LayerWalk.apply(
        lifted, List.of(), List.of(CanonicalLayers::toCanonical, SequentialInput::toCanonical));
  }
}
