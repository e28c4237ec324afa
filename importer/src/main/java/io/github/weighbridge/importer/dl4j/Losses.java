package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.Shape;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * DL4J's losses as Keras's. DL4J divides by the size of the batch alone; Keras takes the mean over
 * all places, and of most losses over the last axis: what lies between is a weight of the loss.
 */
final class Losses {

  /**
   * A loss.
   *
   * @param name Keras's function
   * @param weight what Keras's loss is multiplied with to give DL4J's
   */
  record Known(String name, double weight) {}

  private Losses() {}

  /**
   * The loss of an output layer; nothing if Keras has none of the same values.
   *
   * @param lossFn the property of the layer
   * @param shape of the output
   * @param axis of the output that has the features
   */
  static Optional<Known> of(Tree.Obj lossFn, Shape shape, int axis) {
    if (shape.rank() < 2) {
      return Optional.empty();
    }
    Optional<Double> weight = weight(lossFn);
    @Nullable Named named = named(Dl4jVertex.simpleClass(lossFn));
    Shape sizes = shape.slice(1, shape.rank());
    if (named == null || weight.isEmpty() || !sizes.isFixed()) {
      return Optional.empty();
    }
    if (named.isAlongFeatures() && axis != shape.rank() - 1) {
      return Optional.empty();
    }
    double elements = sizes.elementCount();
    double summed = named.isSum() ? elements : elements / shape.dim(axis).size();
    return Optional.of(new Known(named.name(), weight.get() * summed));
  }

  /**
   * Keras's function.
   *
   * @param isSum whether DL4J sums over the features where Keras takes the mean
   * @param isAlongFeatures whether it is no mean of something of each element
   */
  private record Named(String name, boolean isSum, boolean isAlongFeatures) {}

  private static @Nullable Named named(String className) {
    return switch (className) {
      case "LossMSE" -> new Named("mean_squared_error", false, false);
      case "LossL2" -> new Named("mean_squared_error", true, false);
      case "LossMAE" -> new Named("mean_absolute_error", false, false);
      case "LossL1" -> new Named("mean_absolute_error", true, false);
      case "LossMAPE" -> new Named("mean_absolute_percentage_error", false, false);
      case "LossMSLE" -> new Named("mean_squared_logarithmic_error", false, false);
      case "LossMCXENT", "LossNegativeLogLikelihood" ->
          new Named("categorical_crossentropy", false, true);
      case "LossSparseMCXENT" -> new Named("sparse_categorical_crossentropy", false, true);
      case "LossBinaryXENT" -> new Named("binary_crossentropy", true, false);
      case "LossKLD" -> new Named("kl_divergence", false, true);
      case "LossPoisson" -> new Named("poisson", true, false);
      case "LossHinge" -> new Named("hinge", true, false);
      case "LossSquaredHinge" -> new Named("squared_hinge", true, false);
      case "LossCosineProximity" -> new Named("cosine_similarity", false, true);
      default -> null;
    };
  }

  /** The one weight of all elements of the last axis, if it is one. */
  private static Optional<Double> weight(Tree.Obj lossFn) {
    Optional<Tree.Obj> weights = lossFn.object("weights");
    if (weights.isEmpty()) {
      return Optional.of(1.0);
    }
    List<Double> all =
        weights.get().items("data").stream()
            .map(Tree::asDouble)
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }
}
