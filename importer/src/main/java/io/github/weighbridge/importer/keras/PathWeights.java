package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.VocabularyLayer;
import io.github.weighbridge.core.layer.WeightSpec;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.keras.KerasWeights.Group;
import io.github.weighbridge.formats.keras.PathNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Weights by object path, as {@code .keras} files have them: {@code layers/dense_1/vars/0}. The
 * names are those of classes, counted within each model; variables stand in the order in which the
 * layer made them.
 */
final class PathWeights {

  private static final String LAYERS = "layers";

  /** Keras 2.12 and 2.13 stored the layers of a model under this attribute. */
  private static final String LAYERS_2_12 = "_layer_checkpoint_dependencies";

  private final LayerTable table;
  private final WeightCheck check;
  private final Map<String, List<String>> vocabularies;
  private final Set<String> used = new HashSet<>();
  private final Map<String, List<Stored>> stored = new HashMap<>();

  /** A layer and where its weights are. */
  private record Stored(LayerInstance layer, Group group) {}

  PathWeights(LayerTable table, WeightCheck check, Map<String, List<String>> vocabularies) {
    this.table = table;
    this.check = check;
    this.vocabularies = vocabularies;
  }

  void assign(Network model, Group root) {
    network(model, root, check.byName());
    for (String container : List.of(LAYERS, LAYERS_2_12)) {
      root.at(container).ifPresent(this::tellUnused);
    }
  }

  private void network(Network network, @Nullable Group group, boolean byName) {
    Group container = child(group, LAYERS);
    if (container == null) {
      container = child(group, LAYERS_2_12);
    }
    Map<String, Group> named = byName ? allNamed(container) : named(network, container);
    PathNames names = new PathNames();
    for (LayerId id : network.layers()) {
      String pathClass = table.pathClass(id);
      // A Sequential does not keep its InputLayer, a functional model does; functions of Keras 3
      // are no layers.
      boolean stored =
          !pathClass.isEmpty()
              && !(network.kind() == Network.Kind.SEQUENTIAL && pathClass.equals("InputLayer"));
      if (stored) {
        String name = names.next(pathClass);
        Group counted = child(container, name);
        if (counted == null) {
          // tf.keras puts the words of this name apart elsewhere.
          counted = child(container, name.replace("conv_lstm", "conv_lst_m"));
        }
        LayerInstance layer = table.get(id);
        layer(layer, byName ? named.get(layer.name()) : named.getOrDefault(layer.name(), counted));
      }
    }
  }

  /**
   * The stored layers by the names that Keras 3.6 and later notes beside their variables, if these
   * are all names of this network: then the file was written from this very model. Weights of
   * another build of it have other names, and are found by counting classes, as Keras does.
   */
  private Map<String, Group> named(Network network, @Nullable Group container) {
    List<Group> groups = groups(container);
    Map<String, Group> named = byName(groups);
    long names = groups.stream().filter(group -> group.name().isPresent()).count();
    Set<String> own = new HashSet<>();
    network.layers().forEach(id -> own.add(table.get(id).name()));
    return names == named.size() && own.containsAll(named.keySet()) ? named : Map.of();
  }

  /** The stored layers by their names, where names alone count. */
  private Map<String, Group> allNamed(@Nullable Group container) {
    List<Group> groups = groups(container);
    if (groups.stream().allMatch(group -> group.name().isEmpty())) {
      check.unsuitable(
          "must have names of layers, being matched by name",
          "weights by the classes of layers only",
          "only Keras 3.6 and later writes names; match by position");
    }
    return byName(groups);
  }

  private static List<Group> groups(@Nullable Group container) {
    return container == null ? List.of() : List.copyOf(container.children().values());
  }

  private static Map<String, Group> byName(List<Group> groups) {
    Map<String, Group> named = new HashMap<>();
    for (Group group : groups) {
      group.name().ifPresent(name -> named.put(name, group));
    }
    return named;
  }

  /**
   * The group of a layer, or that of the same layer in another model of the file: Keras 3 stores a
   * layer once, where it comes to it first.
   */
  private @Nullable Group first(LayerInstance layer, @Nullable Group group) {
    List<Stored> same = stored.computeIfAbsent(layer.name(), name -> new ArrayList<>());
    if (group != null) {
      same.add(new Stored(layer, group));
      return group;
    }
    return same.stream()
        .filter(s -> isSame(s.layer(), layer))
        .map(Stored::group)
        .findFirst()
        .orElse(null);
  }

  private boolean isSame(LayerInstance one, LayerInstance other) {
    if (one.layer() instanceof Network a && other.layer() instanceof Network b) {
      return names(a).equals(names(b));
    }
    return one.layer().equals(other.layer());
  }

  private List<String> names(Network network) {
    return network.layers().stream().map(id -> table.get(id).name()).toList();
  }

  private void layer(LayerInstance layer, @Nullable Group found) {
    Group group = first(layer, found);
    if (group != null && group.name().filter(n -> !n.equals(layer.name())).isPresent()) {
      check.otherName(layer, group.path(), group.name().orElse(""));
    }
    if (layer.layer() instanceof Network network) {
      network(network, group, false);
      return;
    }
    if (layer.layer() instanceof VocabularyLayer own && group != null) {
      vocabulary(layer, own, group);
    }
    List<WeightSpec> specs = table.expected(layer.id()).orElse(null);
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    if (specs == null && layer.children().isEmpty()) {
      takeAll(group, "", weights);
    } else if (specs != null) {
      Map<String, List<WeightSpec>> parts = new LinkedHashMap<>();
      parts.put("", new ArrayList<>());
      specs.forEach(spec -> parts.computeIfAbsent(spec.part(), p -> new ArrayList<>()).add(spec));
      parts.forEach(
          (part, own) -> part(layer, own, part.isEmpty() ? group : part(group, part), weights));
    }
    table.addWeights(layer.id(), weights);
    PathNames names = new PathNames();
    layer.children().forEach((key, id) -> layer(table.get(id), inner(group, key, id, names)));
  }

  /** The group of an inner layer; those of a list are named by class and counted. */
  private @Nullable Group inner(@Nullable Group group, String key, LayerId id, PathNames names) {
    int slash = key.indexOf('/');
    if (slash < 0) {
      return child(group, key);
    }
    Group list = part(group, key.substring(0, slash));
    if (list == null) {
      // Those of a Pipeline, by the property that shows them.
      list = child(group, LAYERS);
    }
    return child(list, names.next(table.pathClass(id)));
  }

  private void vocabulary(LayerInstance layer, VocabularyLayer own, Group group) {
    List<String> terms = vocabularies.get(group.path());
    if (terms != null) {
      try {
        table.setLayer(layer.id(), own.withStored(terms));
      } catch (IllegalArgumentException e) {
        check.unfitVocabulary(layer, group.path(), String.valueOf(e.getMessage()));
      }
    }
  }

  private void part(
      LayerInstance layer,
      List<WeightSpec> specs,
      @Nullable Group group,
      Map<String, WeightRef> weights) {
    List<Map.Entry<String, WeightRef>> stored =
        group == null ? List.of() : List.copyOf(group.vars().entrySet());
    String path = group == null ? "" : group.path() + "/vars/";
    if (group != null) {
      used.add(group.path());
    }
    for (int i = 0; i < specs.size(); i++) {
      WeightSpec spec = specs.get(i);
      if (i < stored.size()) {
        WeightRef weight = stored.get(i).getValue();
        boolean fits = check.compare(layer, spec, weight, path + stored.get(i).getKey());
        // What an inner layer holds too is stored a second time there.
        if (fits && spec.isOwn()) {
          weights.put(spec.name(), weight);
        }
      } else if (!spec.optional()) {
        check.missing(
            layer,
            spec,
            stored.isEmpty() ? "no weights of the layer" : "only " + names(stored, path));
      }
    }
    for (int i = specs.size(); i < stored.size(); i++) {
      check.unexpected(layer, path + stored.get(i).getKey(), stored.get(i).getValue());
    }
  }

  private static String names(List<Map.Entry<String, WeightRef>> stored, String path) {
    return String.join(", ", stored.stream().map(entry -> path + entry.getKey()).toList());
  }

  /** Everything below an object whose weights nobody can foretell. */
  private void takeAll(@Nullable Group group, String prefix, Map<String, WeightRef> weights) {
    if (group != null) {
      used.add(group.path());
      group.vars().forEach((key, weight) -> weights.put(prefix + key, weight));
      group.children().forEach((key, child) -> takeAll(child, prefix + key + "/", weights));
    }
  }

  private void tellUnused(Group group) {
    if (!used.contains(group.path())) {
      group
          .vars()
          .forEach((key, weight) -> check.unexpected(group.path() + "/vars/" + key, weight));
    }
    group.children().values().forEach(this::tellUnused);
  }

  private static @Nullable Group child(@Nullable Group group, String name) {
    return group == null ? null : group.children().get(name);
  }

  /** An inner object, which tf.keras and Keras 3 before 3.3 store under its private name. */
  private static @Nullable Group part(@Nullable Group group, String name) {
    Group part = child(group, name);
    String other = name.startsWith("_") ? name.substring(1) : "_" + name;
    return part == null ? child(group, other) : part;
  }
}
