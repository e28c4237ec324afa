package io.github.weighbridge.formats.keras;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.hdf5.Hdf5Dataset;
import io.github.weighbridge.formats.hdf5.Hdf5Group;
import io.github.weighbridge.formats.hdf5.Hdf5Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads weights by object path. */
final class PathWeightsReader {

  static final String VARS = "vars";
  static final String NAME = "name";

  private final String file;
  private final Problems problems;

  /** Objects of which a variable could not be read: it is there, and has been told. */
  private final Set<String> unreadable = new HashSet<>();

  PathWeightsReader(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The object whose state stands in a group, with everything below it. */
  KerasWeights.Group read(Hdf5Group group, String path) {
    Optional<String> name = Optional.empty();
    Map<String, WeightRef> vars = Map.of();
    Map<String, KerasWeights.Group> children = new LinkedHashMap<>();
    for (String member : group.names()) {
      try {
        Optional<Hdf5Node> node = group.find(member);
        if (node.isEmpty() || !(node.get() instanceof Hdf5Group child)) {
          continue;
        }
        if (member.equals(VARS) && child.names().stream().noneMatch(n -> n.equals(VARS))) {
          vars = vars(child, path);
          name = child.attributes().has(NAME) ? child.attributes().text(NAME) : name;
        } else {
          children.put(member, read(child, path.isEmpty() ? member : path + "/" + member));
        }
      } catch (ProblemsException e) {
        problems.addAll(e.problems());
      }
    }
    return new KerasWeights.Group(path, name, vars, children);
  }

  /** The variables of a group, "10" behind "9": HDF5 has them in the order of text. */
  private Map<String, WeightRef> vars(Hdf5Group group, String path) {
    List<String> keys = new ArrayList<>(group.names());
    keys.sort(Comparator.comparingInt(PathWeightsReader::index));
    Map<String, WeightRef> vars = new LinkedHashMap<>();
    for (String key : keys) {
      try {
        Optional<Hdf5Dataset> dataset = group.dataset(key);
        if (dataset.isPresent()) {
          vars.put(key, dataset.get().weight());
        }
      } catch (ProblemsException e) {
        unreadable.add(path);
        problems.addAll(e.problems());
      }
    }
    return vars;
  }

  /** What stands in several files as one tree; an object's variables may be spread over them. */
  static KerasWeights.Group merged(KerasWeights.Group a, KerasWeights.Group b) {
    Map<String, WeightRef> all = new LinkedHashMap<>(a.vars());
    all.putAll(b.vars());
    List<String> keys = new ArrayList<>(all.keySet());
    keys.sort(Comparator.comparingInt(PathWeightsReader::index));
    Map<String, WeightRef> vars = new LinkedHashMap<>();
    keys.forEach(key -> vars.put(key, Objects.requireNonNull(all.get(key))));
    Map<String, KerasWeights.Group> children = new LinkedHashMap<>(a.children());
    b.children().forEach((name, child) -> children.merge(name, child, PathWeightsReader::merged));
    return new KerasWeights.Group(a.path(), a.name().or(b::name), vars, children);
  }

  /** Tells where a variable is missing before another. */
  void checkNumbers(KerasWeights.Group group) {
    if (!unreadable.contains(group.path())) {
      checkNumbers(group, group.vars().keySet());
    }
    group.children().values().forEach(this::checkNumbers);
  }

  private void checkNumbers(KerasWeights.Group group, Set<String> keys) {
    int expected = 0;
    for (String key : keys) {
      int index = index(key);
      if (index == Integer.MAX_VALUE) {
        return;
      }
      if (index != expected) {
        problems.error(
            ProblemCode.WEIGHT_MISSING,
            Place.file(file)
                .withKey((group.path().isEmpty() ? "" : "/" + group.path()) + "/vars/" + expected),
            "must be in the file, since " + key + " is",
            "nothing of that name",
            "the file is damaged; save it again");
        return;
      }
      expected++;
    }
  }

  private static int index(String key) {
    boolean number = key.length() < 10 && key.chars().allMatch(c -> c >= '0' && c <= '9');
    return number && !key.isEmpty() ? Integer.parseInt(key) : Integer.MAX_VALUE;
  }
}
