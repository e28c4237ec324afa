package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.TextVectorization;
import io.github.weighbridge.core.layer.VocabularyLayer;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.keras.KerasWeights;
import io.github.weighbridge.formats.keras.PathNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Weights by object path, as Keras 3.15 keeps them: layers by class and number within their model,
 * what is within them by attribute.
 */
final class PathWeights {

  private static final String LAYERS = "layers";

  private final Model model;
  private final LayerWeights weights;
  private final Map<String, List<String>> vocabularies = new LinkedHashMap<>();

  private PathWeights(LayerWeights weights) {
    this.model = weights.model();
    this.weights = weights;
  }

  /**
   * The weights of a model, and what stands beside them.
   *
   * @param vocabularies terms by the path of the layer that they belong to
   */
  record Laid(KerasWeights.ByPath weights, Map<String, List<String>> vocabularies) {}

  /** The weights of a model that is spelled so. */
  static Laid of(LayerWeights weights, Tree.Obj spelled) {
    Model model = weights.model();
    PathWeights paths = new PathWeights(weights);
    KerasWeights.Group root =
        paths.network(model.network(), spelled, "", Optional.of(model.name()));
    return new Laid(new KerasWeights.ByPath(root), paths.vocabularies);
  }

  private KerasWeights.Group network(
      Network network, Tree.Obj spelled, String path, Optional<String> name) {
    String container = join(path, LAYERS);
    Map<String, KerasWeights.Group> layers = new LinkedHashMap<>();
    PathNames names = new PathNames();
    for (Map.Entry<Tree.Obj, LayerInstance> layer : LayerWeights.layers(model, network, spelled)) {
      String className = layer.getKey().text("class_name").orElse("");
      // A Sequential does not keep its InputLayer.
      if (network.kind() == Network.Kind.SEQUENTIAL && className.equals("InputLayer")) {
        continue;
      }
      String key = names.next(className);
      layers.put(key, layer(layer.getValue(), layer.getKey(), join(container, key)));
    }
    return new KerasWeights.Group(
        path, name, Map.of(), Map.of(LAYERS, group(container, Optional.empty(), layers)));
  }

  private static KerasWeights.Group group(
      String path, Optional<String> name, Map<String, KerasWeights.Group> children) {
    return new KerasWeights.Group(path, name, Map.of(), children);
  }

  private KerasWeights.Group layer(LayerInstance layer, Tree.Obj spelled, String path) {
    Optional<String> name = Optional.of(layer.name());
    if (layer.layer() instanceof Network network) {
      return network(network, spelled, path, name);
    }
    if (layer.layer() instanceof VocabularyLayer own) {
      keepVocabulary(own, spelled, path);
    }
    Builder builder = new Builder(path, name);
    for (LayerWeights.Stored stored : weights.of(layer)) {
      Builder part = stored.part().isEmpty() ? builder : builder.child(stored.part());
      // Layers with a vocabulary name their variables themselves.
      boolean named = layer.layer() instanceof VocabularyLayer;
      part.vars.put(named ? stored.name() : String.valueOf(part.vars.size()), stored.weight());
    }
    PathNames names = new PathNames();
    for (Map.Entry<String, LayerId> child : layer.children().entrySet()) {
      LayerInstance inner = model.layer(child.getValue());
      String key = child.getKey();
      int slash = key.indexOf('/');
      Builder holder = builder;
      if (slash >= 0) {
        // The layers of a Pipeline stand under the property that shows them.
        String list = key.substring(0, slash);
        holder = builder.child(list.equals("pipeline_layers") ? LAYERS : list);
        key = names.next(inner.className());
      }
      holder.children.put(key, layer(inner, spelledChild(spelled, child.getKey()), holder.at(key)));
    }
    return builder.build();
  }

  /** A vocabulary that the configuration leaves out stands beside the weights. */
  private void keepVocabulary(VocabularyLayer layer, Tree.Obj spelled, String path) {
    List<Tree> terms = layer.vocabulary();
    boolean inside =
        spelled
            .object("config")
            .flatMap(config -> config.get("vocabulary"))
            .filter(vocabulary -> !vocabulary.isNull())
            .isPresent();
    if (terms != null && !inside) {
      List<String> texts =
          terms.stream().map(term -> term.asText().orElse(term.toString())).toList();
      vocabularies.put(path, texts);
      if (layer instanceof TextVectorization) {
        vocabularies.put(join(path, "_lookup_layer"), texts);
      }
    }
  }

  /** How an inner layer is spelled; only that of models counts. */
  private static Tree.Obj spelledChild(Tree.Obj spelled, String key) {
    Tree.Obj config = spelled.object("config").orElse(Tree.object());
    String own = key.equals("forward_layer") ? "layer" : key;
    return config.object(own).orElse(Tree.object());
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "/" + key;
  }

  /** A group in the making. */
  private static final class Builder {
    private final String path;
    private final Optional<String> name;
    private final Map<String, WeightRef> vars = new LinkedHashMap<>();
    private final Map<String, Builder> parts = new LinkedHashMap<>();
    private final Map<String, KerasWeights.Group> children = new LinkedHashMap<>();

    Builder(String path, Optional<String> name) {
      this.path = path;
      this.name = name;
    }

    String at(String key) {
      return join(path, key);
    }

    Builder child(String key) {
      return parts.computeIfAbsent(key, k -> new Builder(at(k), Optional.empty()));
    }

    KerasWeights.Group build() {
      Map<String, KerasWeights.Group> all = new LinkedHashMap<>();
      parts.forEach((key, part) -> all.put(key, part.build()));
      all.putAll(children);
      return new KerasWeights.Group(path, name, vars, all);
    }
  }
}
