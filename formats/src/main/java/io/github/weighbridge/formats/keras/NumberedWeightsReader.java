package io.github.weighbridge.formats.keras;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.formats.hdf5.Hdf5Dataset;
import io.github.weighbridge.formats.hdf5.Hdf5Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what {@code save_weights} wrote before Keras 1.0: layers and weights by number alone. The
 * attribute {@code nb_layers} counts the groups {@code layer_0}, {@code layer_1}..., the attribute
 * {@code nb_params} of each the datasets {@code param_0}, {@code param_1}...
 */
final class NumberedWeightsReader {

  static final String LAYERS = "nb_layers";
  private static final String WEIGHTS = "nb_params";
  private static final int MAX_COUNT = 1_000_000;

  private final String file;
  private final Problems problems;

  NumberedWeightsReader(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The weights, the layers named as their groups. */
  KerasWeights.ByLayer read(Hdf5Group root) {
    List<KerasWeights.Layer> layers = new ArrayList<>();
    int count = count(root, LAYERS);
    for (int i = 0; i < count; i++) {
      String name = "layer_" + i;
      try {
        Optional<Hdf5Group> group = root.group(name);
        if (group.isEmpty()) {
          throw missing(root.path() + name, LAYERS + " counts it");
        }
        layers.add(new KerasWeights.Layer(name, weights(group.get())));
      } catch (ProblemsException e) {
        problems.addAll(e.problems());
      }
      problems.throwIfErrors();
    }
    return new KerasWeights.ByLayer(layers, List.of());
  }

  private List<NamedWeight> weights(Hdf5Group group) {
    List<NamedWeight> weights = new ArrayList<>();
    int count = count(group, WEIGHTS);
    for (int i = 0; i < count; i++) {
      String name = "param_" + i;
      Hdf5Dataset dataset =
          group
              .dataset(name)
              .orElseThrow(() -> missing(group.path() + "/" + name, WEIGHTS + " counts it"));
      weights.add(new NamedWeight(name, dataset.weight()));
    }
    return weights;
  }

  private int count(Hdf5Group group, String attribute) {
    Number count = group.attributes().number(attribute).orElse(-1);
    if (count.longValue() < 0 || count.longValue() > MAX_COUNT) {
      throw ProblemsException.of(
          ProblemCode.FILE_MALFORMED,
          Place.file(file).withKey(group.path() + "@" + attribute),
          "must be a number of 0 to " + MAX_COUNT,
          count.longValue() < 0 ? "another or none" : String.valueOf(count),
          "the file is damaged; save it again");
    }
    return count.intValue();
  }

  private ProblemsException missing(String path, String why) {
    return ProblemsException.of(
        ProblemCode.WEIGHT_MISSING,
        Place.file(file).withKey(path),
        "must be in the file, since " + why,
        "nothing of that name",
        "the file is damaged; save it again");
  }
}
