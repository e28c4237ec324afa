package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.layer.WeightSpec;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.Severity;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells which weights of a file are missing, too many, or of another shape or type than needed. All
 * at once, by {@link #tell}: whoever misses one is told which surplus ones have its shape.
 *
 * <p>Where weights are matched by name, or those of another shape are skipped, a weight that its
 * layer has already (from the model's own file) may stay; that is a warning then.
 */
final class WeightCheck {

  private static final int MAX_CANDIDATES = 3;

  private static final String OTHER =
      "the weights belong to another architecture, or its configuration was changed";
  private static final String GIVE_MODEL =
      "give a whole model in place of an architecture: its own weights then stay";

  private final LayerTable table;
  private final Place file;
  private final Problems problems;
  private final boolean byName;
  private final boolean skipMismatch;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Surplus> surplus = new ArrayList<>();

  /**
   * A problem.
   *
   * @param wanted the shape of a weight that none was found for
   */
  private record Finding(Problem problem, @Nullable Shape wanted) {}

  /** A weight that no layer takes. */
  private record Surplus(String name, Shape shape) {}

  /**
   * A check.
   *
   * @param byName whether layers that the file lacks may keep their weights, and it may have more
   *     layers than the model
   * @param skipMismatch whether layers keep their weights where the file's have another shape
   */
  WeightCheck(
      LayerTable table, Place file, Problems problems, boolean byName, boolean skipMismatch) {
    this.table = table;
    this.file = file;
    this.problems = problems;
    this.byName = byName;
    this.skipMismatch = skipMismatch;
  }

  /** Whether layers are matched by their names only. */
  boolean byName() {
    return byName;
  }

  /**
   * Compares a weight with what its layer needs; floating-point types may differ, so may integers.
   *
   * @return whether it is to be taken
   */
  boolean compare(LayerInstance layer, WeightSpec spec, WeightRef weight, String fileName) {
    Place place = place(layer, spec.name());
    if (!Arrays.equals(weight.sizes(), spec.shape().sizes())) {
      String found = Shape.of(weight.sizes()) + " in '" + fileName + "'";
      String rule = "must have shape " + spec.shape();
      if (skipMismatch && keeps(layer, spec)) {
        warn(
            ProblemCode.WEIGHT_SHAPE_MISMATCH,
            place,
            rule,
            found,
            "it is left out, the model's own weight stays");
        return false;
      }
      String advice = skipMismatch ? GIVE_MODEL : OTHER;
      lack(ProblemCode.WEIGHT_SHAPE_MISMATCH, place, rule, found, advice, spec.shape());
    }
    DataType needed = spec.dtype() == null ? layer.dtype().variable() : spec.dtype();
    boolean fits =
        weight.dtype() == needed
            || (weight.dtype().isFloating() && needed.isFloating())
            || (weight.dtype().isInteger() && needed.isInteger());
    if (!fits) {
      refuse(
          ProblemCode.WEIGHT_DTYPE_MISMATCH,
          place,
          "must have type " + needed,
          weight.dtype() + " in '" + fileName + "'",
          "save the weights with the layer's dtype");
    }
    return true;
  }

  /** A weight for which the file has none. */
  void missing(LayerInstance layer, WeightSpec spec, String found) {
    boolean partial = byName || skipMismatch;
    Place place = place(layer, spec.name());
    String rule = "must be in the file with shape " + spec.shape();
    if (partial && keeps(layer, spec)) {
      warn(ProblemCode.WEIGHT_MISSING, place, rule, found, "the model's own weight stays");
    } else {
      String advice =
          partial
              ? GIVE_MODEL
              : "the weights belong to another architecture, or the file is damaged";
      lack(ProblemCode.WEIGHT_MISSING, place, rule, found, advice, spec.shape());
    }
  }

  /** A weight that its layer does not have. */
  void unexpected(LayerInstance layer, String fileName, WeightRef weight) {
    Shape shape = Shape.of(weight.sizes());
    surplus.add(new Surplus(fileName, shape));
    Place place = place(layer, fileName);
    String rule = "must be a weight that the layer has";
    String found = "a surplus one of shape " + shape;
    if (skipMismatch) {
      warn(ProblemCode.WEIGHT_UNEXPECTED, place, rule, found, "it is left out");
    } else {
      refuse(ProblemCode.WEIGHT_UNEXPECTED, place, rule, found, OTHER);
    }
  }

  /** A weight of a layer that the model does not have. */
  void unexpected(String name, WeightRef weight) {
    Shape shape = Shape.of(weight.sizes());
    surplus.add(new Surplus(name, shape));
    Place place = file.withKey(name);
    String rule = "must belong to a layer of the model";
    String found = "a weight of shape " + shape + " of no layer";
    if (byName) {
      warn(ProblemCode.WEIGHT_UNEXPECTED, place, rule, found, "it is left out");
    } else {
      String advice = "the weights belong to another architecture";
      refuse(ProblemCode.WEIGHT_UNEXPECTED, place, rule, found, advice);
    }
  }

  void unfitVocabulary(LayerInstance layer, String path, String found) {
    refuse(
        ProblemCode.CONFIG_VALUE_INVALID,
        place(layer, "assets/" + path + "/vocabulary.txt"),
        "must hold terms of the layer's type",
        found,
        "");
  }

  void otherName(LayerInstance layer, String path, String found) {
    warn(
        ProblemCode.WEIGHT_UNEXPECTED,
        place(layer, path),
        "should say that it belongs to the layer",
        "'" + found + "'",
        "weights are matched by position; compare predictions");
  }

  /** The file as a whole does not suit the way its weights are to be matched. */
  void unsuitable(String rule, String found, String advice) {
    refuse(ProblemCode.WEIGHT_MISSING, file, rule, found, advice);
  }

  /** Tells everything that was found, in its order. */
  void tell() {
    for (Finding finding : findings) {
      Problem problem = finding.problem();
      String candidates = finding.wanted() == null ? "" : candidates(finding.wanted());
      problems.add(
          candidates.isEmpty()
              ? problem
              : new Problem(
                  problem.severity(),
                  problem.code(),
                  problem.place(),
                  problem.rule(),
                  problem.found(),
                  candidates));
    }
    findings.clear();
    surplus.clear();
  }

  /** The surplus weights that come nearest to a shape: equal, else of as many numbers. */
  private String candidates(Shape wanted) {
    List<Surplus> equal = surplus.stream().filter(s -> s.shape().equals(wanted)).toList();
    if (!equal.isEmpty()) {
      return "of that shape no layer takes " + names(equal);
    }
    long count = wanted.elementCount();
    List<Surplus> same = surplus.stream().filter(s -> s.shape().elementCount() == count).toList();
    return same.isEmpty() ? "" : "of as many numbers no layer takes " + names(same);
  }

  private static String names(List<Surplus> weights) {
    return weights.stream()
            .limit(MAX_CANDIDATES)
            .map(weight -> "'" + weight.name() + "'")
            .collect(Collectors.joining(", "))
        + (weights.size() > MAX_CANDIDATES ? " and others" : "");
  }

  /** Whether a weight is there already: in the layer, or in the inner layer that holds it too. */
  private boolean keeps(LayerInstance layer, WeightSpec spec) {
    var inner = spec.isOwn() ? null : layer.children().get(spec.inner());
    LayerInstance owner = table.get(inner == null ? layer.id() : inner);
    return owner.weights().containsKey(spec.name());
  }

  private void warn(ProblemCode code, Place place, String rule, String found, String advice) {
    add(Severity.WARNING, code, place, rule, found, advice, null);
  }

  private void refuse(ProblemCode code, Place place, String rule, String found, String advice) {
    add(Severity.ERROR, code, place, rule, found, advice, null);
  }

  private void lack(
      ProblemCode code, Place place, String rule, String found, String advice, Shape wanted) {
    add(Severity.ERROR, code, place, rule, found, advice, wanted);
  }

  private void add(
      Severity severity,
      ProblemCode code,
      Place place,
      String rule,
      String found,
      String advice,
      @Nullable Shape wanted) {
    findings.add(new Finding(new Problem(severity, code, place, rule, found, advice), wanted));
  }

  private Place place(LayerInstance layer, String key) {
    return file.withLayer(layer.name(), layer.className()).withKey(key);
  }
}
