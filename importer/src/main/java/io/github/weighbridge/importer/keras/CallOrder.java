package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Sorts the calls of a functional network so that each comes after those that it reads from. Files
 * list layers by depth, which a shared layer or one of several inputs breaks; calls that are free
 * come in the order of the file.
 */
final class CallOrder {

  /** A call of a layer of this name, counted from 0. */
  record Key(String layer, long call) {}

  /** A call: its place in the file's order, and {@code {args, kwargs}}. */
  record Pending(LayerTree layer, int call, Tree.Obj node, int rank) {}

  private final Place file;
  private final Problems problems;
  private final Map<Key, Pending> calls = new LinkedHashMap<>();

  CallOrder(List<LayerTree> layers, Place file, Problems problems) {
    this.file = file;
    this.problems = problems;
    for (LayerTree layer : layers) {
      List<Tree.Obj> nodes = layer.isInput() ? List.of(Tree.object()) : layer.calls();
      for (int i = 0; i < nodes.size(); i++) {
        calls.putIfAbsent(
            new Key(layer.name(), i), new Pending(layer, i, nodes.get(i), calls.size()));
      }
    }
  }

  /** Whether the network has such a call. */
  boolean has(Key call) {
    return calls.containsKey(call);
  }

  /** Every call that can be made, in order; the others are told as problems. */
  List<Pending> sorted() {
    Map<Key, Set<Key>> waiting = new HashMap<>();
    Map<Key, List<Pending>> readers = new HashMap<>();
    PriorityQueue<Pending> free =
        new PriorityQueue<>((a, b) -> Integer.compare(a.rank(), b.rank()));
    calls.forEach(
        (key, pending) -> {
          Set<Key> needs = needs(pending);
          needs.forEach(need -> readers.computeIfAbsent(need, n -> new ArrayList<>()).add(pending));
          if (needs.isEmpty()) {
            free.add(pending);
          }
          waiting.put(key, needs);
        });
    List<Pending> sorted = new ArrayList<>();
    while (!free.isEmpty()) {
      Pending next = free.remove();
      sorted.add(next);
      Key made = new Key(next.layer().name(), next.call());
      for (Pending reader : readers.getOrDefault(made, List.of())) {
        Set<Key> needs =
            waiting.getOrDefault(new Key(reader.layer().name(), reader.call()), Set.of());
        if (needs.remove(made) && needs.isEmpty()) {
          free.add(reader);
        }
      }
    }
    tellUnconnected(waiting);
    return sorted;
  }

  /** The calls that a call reads from; those that do not exist are told when they are looked up. */
  private Set<Key> needs(Pending pending) {
    Set<Key> needs = new HashSet<>();
    for (Tree found : Reference.within(pending.node())) {
      Reference reference = Reference.of(found).orElseThrow();
      Key key = new Key(reference.layer(), reference.call());
      if (calls.containsKey(key)) {
        needs.add(key);
      }
    }
    return needs;
  }

  private void tellUnconnected(Map<Key, Set<Key>> waiting) {
    for (Pending pending : calls.values()) {
      Set<Key> needs =
          waiting.getOrDefault(new Key(pending.layer().name(), pending.call()), Set.of());
      if (!needs.isEmpty()) {
        problems.error(
            ProblemCode.GRAPH_UNCONNECTED,
            pending.layer().place(file),
            "must get its inputs from calls that do not depend on it",
            "it waits for "
                + String.join(
                    ", ", needs.stream().map(k -> "'" + k.layer() + "'").sorted().toList()),
            "the file is damaged; save the model again");
      }
    }
  }
}
