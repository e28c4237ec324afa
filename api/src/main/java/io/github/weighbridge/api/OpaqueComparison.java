package io.github.weighbridge.api;

import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.OpaqueLayer;
import io.github.weighbridge.core.lowering.PartialGraph;
import io.github.weighbridge.core.lowering.PartialGraph.Cut;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the layers of two models that have no operations, each with the one at the same place:
 * their classes, configurations and weights, as the files have them.
 */
final class OpaqueComparison {

  private final Model a;
  private final Model b;
  private final List<Parting> partings = new ArrayList<>();
  private final Set<String> layers = new LinkedHashSet<>();
  private final Map<Pair, List<WeightDiff>> weights = new LinkedHashMap<>();

  /** Layers at the same place; shared ones are met several times. */
  private record Pair(LayerInstance left, LayerInstance right) {}

  OpaqueComparison(Model a, Model b) {
    this.a = a;
    this.b = b;
  }

  void compare(PartialGraph left, PartialGraph right) {
    pairs(
        left.cuts().stream().map(Cut::layer).toList(),
        right.cuts().stream().map(Cut::layer).toList());
    pairs(left.unseen(), right.unseen());
  }

  private void pairs(List<LayerInstance> left, List<LayerInstance> right) {
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      if (i >= left.size() || i >= right.size()) {
        partings.add(
            new Parting(
                i < left.size() ? told(left.get(i)) : "nothing",
                i < right.size() ? told(right.get(i)) : "nothing"));
      } else {
        layers.add(told(left.get(i)));
        if (!isSame(left.get(i), right.get(i))) {
          partings.add(new Parting(told(left.get(i)), told(right.get(i))));
        }
      }
    }
  }

  private static String told(LayerInstance layer) {
    return layer.name() + " (" + layer.className() + ")";
  }

  private boolean isSame(LayerInstance left, LayerInstance right) {
    Pair pair = new Pair(left, right);
    if (!weights.containsKey(pair)) {
      weights.put(pair, weightDiffs(left, right));
    }
    if (left.layer() instanceof Network x && right.layer() instanceof Network y) {
      boolean same = x.layers().size() == y.layers().size();
      for (int i = 0; same && i < x.layers().size(); i++) {
        same = isSame(a.layer(x.layers().get(i)), b.layer(y.layers().get(i)));
      }
      return same;
    }
    return sameLayer(left.layer(), right.layer());
  }

  private static boolean sameLayer(Layer left, Layer right) {
    if (left instanceof OpaqueLayer x && right instanceof OpaqueLayer y) {
      return x.className().equals(y.className())
          && x.config().without("name").equals(y.config().without("name"));
    }
    return left.equals(right);
  }

  private static List<WeightDiff> weightDiffs(LayerInstance left, LayerInstance right) {
    List<WeightDiff> diffs = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>(left.weights().keySet());
    names.addAll(right.weights().keySet());
    for (String name : names) {
      var weightA = left.weights().get(name);
      var weightB = right.weights().get(name);
      diffs.add(
          WeightDiff.between(
              weightA == null ? null : left.name() + "/" + name,
              weightA,
              weightB == null ? null : right.name() + "/" + name,
              weightB));
    }
    return diffs;
  }

  /** Layers that are not the same. */
  List<Parting> partings() {
    return partings;
  }

  /** The layers of the first model that were compared so. */
  List<String> layers() {
    return List.copyOf(layers);
  }

  /** The weights of these layers, those within them included. */
  List<WeightDiff> weights() {
    return weights.values().stream().flatMap(List::stream).toList();
  }
}
