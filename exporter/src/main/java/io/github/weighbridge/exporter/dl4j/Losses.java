package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.training.FunctionKind;
import io.github.weighbridge.core.training.Loss;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keras's losses in DL4J's words.
 *
 * <p>Keras takes the mean over all places of the batch, and of most losses over the last axis. DL4J
 * divides by the size of the batch alone: it sums over the steps of a sequence and the pixels of an
 * image, and some losses over the last axis. What lies between is a factor, which DL4J takes as a
 * weight for each element of the last axis.
 */
final class Losses {

  private static final String PACKAGE = "org.nd4j.linalg.lossfunctions.impl.Loss";

  /**
   * A loss of DL4J.
   *
   * @param config the property {@code lossFn}, without weights
   * @param isSum whether it sums over the last axis where Keras's takes the mean
   * @param takesWeights whether its elements can be weighted
   */
  record Mapped(Tree.Obj config, boolean isSum, boolean takesWeights) {

    /**
     * The loss times a factor; nothing if DL4J cannot express that. Its loss layers for images take
     * the wrong axis when they compute the score, and weights fit none of the others.
     *
     * @param shape of the output, whose last axis is of known size
     */
    Optional<Tree.Obj> times(double factor, Shape shape) {
      long width = shape.dim(-1).size();
      double own = isSum ? factor / width : factor;
      if (own == 1) {
        return Optional.of(config);
      }
      if (!takesWeights || shape.rank() > 3) {
        return Optional.empty();
      }
      Tree weights =
          Tree.object()
              .with("dataType", Tree.of("FLOAT"))
              .with("shape", Tree.of(List.of(width)))
              .with("data", Tree.of(Collections.nCopies(Math.toIntExact(width), own)));
      return Optional.of(config.with("weights", weights));
    }
  }

  private Losses() {}

  /** DL4J's loss for one of Keras; nothing if it has none of the same values. */
  static Optional<Mapped> of(Loss loss) {
    return loss.kind() == FunctionKind.CLASS && isPlain(loss)
        ? Optional.ofNullable(named(loss.name()))
        : Optional.empty();
  }

  private static @Nullable Mapped named(String name) {
    return switch (name) {
      case "MeanSquaredError" -> new Mapped(loss("MSE"), false, true);
      case "MeanAbsoluteError" -> new Mapped(loss("MAE"), false, true);
      case "MeanAbsolutePercentageError" -> new Mapped(loss("MAPE"), false, true);
      case "MeanSquaredLogarithmicError" -> new Mapped(loss("MSLE"), false, true);
      case "CategoricalCrossentropy" ->
          new Mapped(loss("MCXENT").with("softmaxClipEps", Tree.of(1e-10)), false, true);
      case "SparseCategoricalCrossentropy" ->
          new Mapped(loss("SparseMCXENT").with("softmaxClipEps", Tree.of(1e-10)), false, true);
      case "BinaryCrossentropy" ->
          new Mapped(loss("BinaryXENT").with("clipEps", Tree.of(1e-7)), true, true);
      case "KLDivergence" -> new Mapped(loss("KLD"), false, false);
      case "Poisson" -> new Mapped(loss("Poisson"), true, false);
      case "Hinge" -> new Mapped(loss("Hinge"), true, false);
      case "SquaredHinge" -> new Mapped(loss("SquaredHinge"), true, false);
      case "CosineSimilarity" -> new Mapped(loss("CosineProximity"), false, false);
      default -> null;
    };
  }

  private static Tree.Obj loss(String name) {
    return Dl4jObject.of(PACKAGE + name).tree();
  }

  /** Whether it has no options that DL4J's has not. */
  private static boolean isPlain(Loss loss) {
    Tree.Obj config = loss.config().asObject().orElse(Tree.object());
    boolean logits = config.get("from_logits").flatMap(Tree::asBoolean).orElse(false);
    double smoothing = config.get("label_smoothing").flatMap(Tree::asDouble).orElse(0.0);
    boolean ignores = config.get("ignore_class").filter(own -> !own.isNull()).isPresent();
    double axis = config.get("axis").flatMap(Tree::asDouble).orElse(-1.0);
    String reduction = config.text("reduction").orElse("sum_over_batch_size");
    return !logits
        && smoothing == 0
        && !ignores
        && axis == -1
        && reduction.equals("sum_over_batch_size");
  }
}
