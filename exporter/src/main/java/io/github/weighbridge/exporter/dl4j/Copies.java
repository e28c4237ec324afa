package io.github.weighbridge.exporter.dl4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Copies of arrays that DL4J would overwrite: its ActivationLayer and PReLULayer compute in place
 * at inference, whoever else needs their input. (A MultiLayerNetwork has no such readers but its
 * caller, whose array DL4J overwrites as it does for every network of that kind.)
 */
final class Copies {

  private static final Set<String> IN_PLACE = Set.of("ActivationLayer", "PReLULayer");

  /** Layers whose output may be a view of their input. */
  private static final Set<String> VIEWS = Set.of("ActivationLayer", "PReLULayer", "DropoutLayer");

  private final Map<String, Vertex> byName = new HashMap<>();
  private final Map<String, Integer> readers = new HashMap<>();
  private final Set<String> inputs;

  private Copies(List<String> inputs, List<Vertex> vertices, List<String> outputs) {
    this.inputs = Set.copyOf(inputs);
    vertices.forEach(vertex -> byName.put(vertex.name(), vertex));
    vertices.forEach(vertex -> vertex.inputs().forEach(this::read));
    outputs.forEach(this::read);
  }

  private void read(String name) {
    readers.merge(name, 1, Integer::sum);
  }

  /** The vertices with a copy before each layer that would overwrite what others read. */
  static List<Vertex> inserted(List<String> inputs, List<Vertex> vertices, List<String> outputs) {
    Copies copies = new Copies(inputs, vertices, outputs);
    Set<String> names = new HashSet<>(copies.byName.keySet());
    List<Vertex> result = new ArrayList<>();
    for (Vertex vertex : vertices) {
      if (!overwrites(vertex) || !copies.isReadElsewhere(vertex.inputs().get(0))) {
        result.add(vertex);
        continue;
      }
      String name = vertex.name() + "/copy";
      while (!names.add(name)) {
        name += "_";
      }
      result.add(
          new Vertex(
              name, false, Vertices.elementWise("Add").tree(), null, List.of(), vertex.inputs()));
      result.add(vertex.withInputs(List.of(name)));
    }
    return result;
  }

  /**
   * Whether a chain hands the caller's array on through two layers: a MultiLayerNetwork of DL4J
   * M2.1 then misses it in its workspace, unless the second layer is the last.
   */
  static boolean handsInputOn(List<Vertex> chain) {
    return chain.size() > 2
        && chain.stream()
            .limit(2)
            .allMatch(v -> v.preProcessor() == null && VIEWS.contains(v.simpleClassName()));
  }

  private static boolean overwrites(Vertex vertex) {
    boolean identity =
        vertex.config().get("activationFn").filter(Activations.IDENTITY::equals).isPresent();
    return vertex.isLayer()
        && IN_PLACE.contains(vertex.simpleClassName())
        && (!identity || vertex.simpleClassName().equals("PReLULayer"));
  }

  /** Whether the array behind a name, through views of it, has further readers. */
  private boolean isReadElsewhere(String name) {
    if (inputs.contains(name) || readers.getOrDefault(name, 0) > 1) {
      return true;
    }
    Vertex vertex = byName.get(name);
    return vertex != null
        && vertex.isLayer()
        && VIEWS.contains(vertex.simpleClassName())
        && isReadElsewhere(vertex.inputs().get(0));
  }
}
