package io.github.weighbridge.formats.keras;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.problem.Severity;
import io.github.weighbridge.formats.hdf5.Hdf5Dataset;
import io.github.weighbridge.formats.hdf5.Hdf5Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads weights by layer name; every one that is named and not there is told. */
final class LayerWeightsReader {

  static final String LAYER_NAMES = "layer_names";
  static final String WEIGHT_NAMES = "weight_names";
  static final String TOP_LEVEL = "top_level_model_weights";
  static final String OPTIMIZER_WEIGHTS = "optimizer_weights";

  private final String file;
  private final Problems problems;

  LayerWeightsReader(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The weights of the group that {@code layer_names} stands on. */
  KerasWeights.ByLayer read(Hdf5Group group) {
    List<KerasWeights.Layer> layers = new ArrayList<>();
    for (String name : group.attributes().texts(LAYER_NAMES).orElse(List.of())) {
      Place place = new Place(file, name, null, null);
      List<NamedWeight> weights = List.of();
      try {
        Optional<Hdf5Group> layer = group.group(name);
        if (layer.isPresent()) {
          weights = weights(layer.get(), name, Severity.ERROR);
        } else {
          problems.error(
              ProblemCode.WEIGHT_MISSING,
              place,
              "must have its weights in " + group.path(),
              "no group of that name",
              "the file is damaged; save it again");
        }
      } catch (ProblemsException e) {
        problems.addAll(e.problems());
      }
      layers.add(new KerasWeights.Layer(name, weights));
    }
    return new KerasWeights.ByLayer(layers, topLevel(group));
  }

  private List<NamedWeight> topLevel(Hdf5Group group) {
    try {
      Optional<Hdf5Group> own =
          group.names().contains(TOP_LEVEL) ? group.group(TOP_LEVEL) : Optional.empty();
      return own.map(top -> weights(top, TOP_LEVEL, Severity.ERROR)).orElse(List.of());
    } catch (ProblemsException e) {
      problems.addAll(e.problems());
      return List.of();
    }
  }

  /** The optimizer's variables; one that is missing only matters to who trains on. */
  List<NamedWeight> optimizer(Hdf5Group root) {
    try {
      return root.names().contains(OPTIMIZER_WEIGHTS)
          ? root.group(OPTIMIZER_WEIGHTS)
              .map(group -> weights(group, null, Severity.WARNING))
              .orElse(List.of())
          : List.of();
    } catch (ProblemsException e) {
      e.problems().forEach(this::warn);
      return List.of();
    }
  }

  private List<NamedWeight> weights(Hdf5Group group, @Nullable String layer, Severity severity) {
    List<NamedWeight> weights = new ArrayList<>();
    for (String name : group.attributes().texts(WEIGHT_NAMES).orElse(List.of())) {
      try {
        Optional<Hdf5Dataset> dataset = group.dataset(name);
        if (dataset.isPresent()) {
          weights.add(new NamedWeight(name, dataset.get().weight()));
        } else {
          problems.add(
              new Problem(
                  severity,
                  ProblemCode.WEIGHT_MISSING,
                  new Place(file, layer, null, name),
                  "must be in " + group.path() + ", which names it",
                  "nothing of that name",
                  "the file is damaged; save it again"));
        }
      } catch (ProblemsException e) {
        if (severity == Severity.ERROR) {
          problems.addAll(e.problems());
        } else {
          e.problems().forEach(this::warn);
        }
      }
    }
    return weights;
  }

  private void warn(Problem problem) {
    problems.warning(
        problem.code(), problem.place(), problem.rule(), problem.found(), problem.advice());
  }
}
