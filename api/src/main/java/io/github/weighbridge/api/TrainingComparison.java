package io.github.weighbridge.api;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.OptimizerState;
import io.github.weighbridge.core.model.TrainingSettings;
import io.github.weighbridge.core.model.WeightId;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.core.training.CompilationConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares what two models were compiled with, and what their optimizers know. */
final class TrainingComparison {

  private TrainingComparison() {}

  /** A variable of an optimizer, and how people are told of it. */
  private record Variable(String name, WeightRef value) {}

  static TrainingDiff compare(Model a, Model b) {
    Map<String, Variable> left = variables(a);
    Map<String, Variable> right = variables(b);
    Set<String> keys = new LinkedHashSet<>(left.keySet());
    keys.addAll(right.keySet());
    List<WeightDiff> diffs = new ArrayList<>();
    for (String key : keys) {
      Variable x = left.get(key);
      Variable y = right.get(key);
      diffs.add(
          WeightDiff.between(
              x == null ? null : x.name(),
              x == null ? null : x.value(),
              y == null ? null : y.name(),
              y == null ? null : y.value()));
    }
    return new TrainingDiff(
        compilation(a).equals(compilation(b)) && settings(a).equals(settings(b)), diffs);
  }

  /** How sequences are cut, and what layers have of their own, by their order. */
  private static List<Object> settings(Model model) {
    TrainingSettings settings = model.trainingSettings();
    return List.of(settings.truncated(), List.copyOf(settings.layers().values()));
  }

  /** What decides how training goes on; metrics only watch it. */
  private static Optional<List<Tree>> compilation(Model model) {
    return model
        .compilation()
        .map(CompilationConfig::write)
        .map(
            tree ->
                Stream.of("optimizer", "loss", "loss_weights").map(k -> plain(tree, k)).toList());
  }

  private static Tree plain(Tree.Obj tree, String key) {
    return tree.get(key).map(TrainingComparison::plain).orElse(Tree.none());
  }

  /** Without names, and with numbers as the float32 that Keras computes with and may write. */
  private static Tree plain(Tree tree) {
    if (tree instanceof Tree.Obj object) {
      Tree.Obj changed = Tree.object();
      for (Map.Entry<String, Tree> member : object.members().entrySet()) {
        changed =
            member.getKey().equals("name")
                ? changed
                : changed.with(member.getKey(), plain(member.getValue()));
      }
      return changed;
    }
    if (tree.isArray()) {
      return Tree.of(tree.items().stream().map(TrainingComparison::plain).toList());
    }
    return tree.asDouble().<Tree>map(number -> Tree.of((double) number.floatValue())).orElse(tree);
  }

  /** By keys that do not depend on names of layers: those of Keras 1 and 2 are counted. */
  private static Map<String, Variable> variables(Model model) {
    Map<String, Variable> variables = new LinkedHashMap<>();
    OptimizerState state = model.optimizerState().orElse(null);
    if (state == null) {
      return variables;
    }
    if (!state.isMatched()) {
      state.written().forEach((name, value) -> add(variables, name, name, value));
      return variables;
    }
    add(variables, "iterations", "iterations", state.iterations());
    state.scalars().forEach((name, value) -> add(variables, name, name, value));
    int place = 0;
    for (Map.Entry<WeightId, Map<String, WeightRef>> slots : state.slots().entrySet()) {
      WeightId weight = slots.getKey();
      String name = model.layer(weight.layer()).name() + "/" + weight.weight() + "/";
      for (Map.Entry<String, WeightRef> slot : slots.getValue().entrySet()) {
        add(variables, place + "/" + slot.getKey(), name + slot.getKey(), slot.getValue());
      }
      place++;
    }
    return variables;
  }

  private static void add(
      Map<String, Variable> variables, String key, String name, @Nullable WeightRef value) {
    if (value != null) {
      variables.put(key, new Variable(name, value));
    }
  }
}
