package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.formats.dl4j.dialect.Dl4jDialect;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the parameters of a network are held to after each step, as Keras's constraints. It knows
 * which of them were read, to tell of the rest. Not thread-safe.
 *
 * <p>DL4J takes norms along axes of its parameters, adds its epsilon to them, and applies every
 * constraint twice in each step, which changes nothing but for MinMaxNorm at a rate below 1: that
 * leaves the rest of the weight times its norm where Keras leaves the rest of the weight.
 */
final class Constraints {

  /** In the place of an axis: that of DL4J's parameter has one element and is none of Keras's. */
  static final int NO_AXIS = -1;

  private final Set<Held> held = new HashSet<>();

  private record Held(Tree.Obj layer, String parameter) {}

  /**
   * The constraint of a parameter.
   *
   * @param axes for each axis of the parameter in DL4J, that of the weight in Keras; none where
   *     both are not laid out alike
   * @return null if it has none, or such as Keras has not
   */
  @Nullable Constraint of(ConfigObject layer, String parameter, int... axes) {
    List<ConfigObject> own =
        layer.objects("constraints").stream()
            .filter(constraint -> parameters(constraint).contains(parameter))
            .toList();
    if (own.size() != 1) {
      return null;
    }
    Optional<Constraint> constraint = constraint(own.get(0), axes);
    constraint.ifPresent(known -> held.add(new Held(layer.tree(), parameter)));
    return constraint.orElse(null);
  }

  /** Tells of the constraints of a layer and those within that no weight has got. */
  void tellOthers(Tree.Obj layer, Place place, Problems problems) {
    for (Tree.Obj own : TrainedLayer.nested(layer)) {
      for (ConfigObject constraint : new ConfigObject(own, place).objects("constraints")) {
        List<String> others =
            parameters(constraint).stream()
                .filter(parameter -> !held.contains(new Held(own, parameter)))
                .toList();
        if (!others.isEmpty()) {
          problems.warning(
              ProblemCode.CONFIG_VALUE_INVALID,
              constraint.place(),
              "holds parameters to what Keras has no constraint for",
              constraint.simpleClass() + " of " + String.join(", ", others),
              TrainingReader.KEPT);
        }
      }
    }
  }

  private static List<String> parameters(ConfigObject constraint) {
    return constraint.given("params") ? constraint.texts("params") : List.of();
  }

  private static Optional<Constraint> constraint(ConfigObject own, int... axes) {
    Tree.Obj none = Tree.object();
    return switch (own.simpleClass()) {
      case "NonNegativeConstraint" -> Optional.of(new Constraint("NonNeg", none));
      case "UnitNormConstraint" ->
          along(own, axes).map(axis -> new Constraint("UnitNorm", none.with("axis", axis)));
      case "MaxNormConstraint" -> maxNorm(own, axes);
      case "MinMaxNormConstraint" -> minMaxNorm(own, axes);
      default -> Optional.empty();
    };
  }

  private static Optional<Constraint> maxNorm(ConfigObject own, int... axes) {
    double norm = own.number("maxNorm", 2);
    Tree.Obj config = Tree.object().with("max_value", Tree.of(norm));
    return along(own, axes)
        .filter(axis -> norm >= 0)
        .map(axis -> withEpsilon(config.with("axis", axis), own))
        .map(known -> new Constraint("MaxNorm", known));
  }

  private static Optional<Constraint> minMaxNorm(ConfigObject own, int... axes) {
    double min = own.number("min", 0);
    double max = own.number("max", 1);
    double rate = own.number("rate", 1);
    Tree.Obj config =
        Tree.object()
            .with("min_value", Tree.of(min))
            .with("max_value", Tree.of(max))
            .with("rate", Tree.of(rate));
    return along(own, axes)
        .filter(axis -> min >= 0 && max >= min && Double.isFinite(rate))
        .map(axis -> withEpsilon(config.with("axis", axis), own))
        .map(known -> rate == 1 ? known : known.with(Constraint.SQUARES_REST, Tree.of(true)))
        .map(known -> new Constraint("MinMaxNorm", known));
  }

  private static Tree.Obj withEpsilon(Tree.Obj config, ConfigObject own) {
    double epsilon = own.number("epsilon", 1e-6);
    return epsilon == Constraint.KERAS_EPSILON || !Double.isFinite(epsilon)
        ? config
        : config.with(Constraint.EPSILON, Tree.of(epsilon));
  }

  /** The axes along which Keras takes the same norms; nothing if there are none. */
  private static Optional<Tree> along(ConfigObject own, int... axes) {
    List<Integer> dimensions =
        own.given("dimensions") && !own.tree().items("dimensions").isEmpty()
            ? own.sizes("dimensions")
            : IntStream.range(0, axes.length).boxed().toList();
    boolean asRows = own.flag(Dl4jDialect.VECTORS_AS_ROWS, false);
    int[] all = asRows && axes.length == 1 ? new int[] {NO_AXIS, axes[0]} : axes;
    TreeSet<Integer> along = new TreeSet<>();
    for (int dimension : dimensions) {
      if (dimension >= all.length) {
        return Optional.empty();
      }
      along.add(all[dimension]);
    }
    along.remove(NO_AXIS);
    // Versions before M2 fail at norms of whole parameters.
    boolean whole = asRows && dimensions.size() == all.length;
    if (along.isEmpty() || whole) {
      return Optional.empty();
    }
    return Optional.of(along.size() == 1 ? Tree.of(along.first()) : Tree.of(List.copyOf(along)));
  }
}
