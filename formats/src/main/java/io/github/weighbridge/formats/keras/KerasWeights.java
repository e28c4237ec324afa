package io.github.weighbridge.formats.keras;

import io.github.weighbridge.core.tensor.WeightRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The weights of a file, in one of the two ways that Keras keeps them, or as plain arrays. */
public sealed interface KerasWeights {

  /**
   * Weights by layer name: all of Keras 1, HDF5 models, weights files before Keras 2.12.
   *
   * @param layers in the model's order, weightless ones included
   * @param topLevel variables that belong to the model itself, to none of its layers
   */
  record ByLayer(List<Layer> layers, List<NamedWeight> topLevel) implements KerasWeights {
    /** Copies the lists. */
    public ByLayer {
      layers = List.copyOf(layers);
      topLevel = List.copyOf(topLevel);
    }

    /** The layer of that name. */
    public Optional<Layer> layer(String name) {
      return layers.stream().filter(layer -> layer.name().equals(name)).findFirst();
    }
  }

  /**
   * A layer's weights.
   *
   * @param weights in the file's order: trainable ones first, by Keras's state when it saved
   */
  record Layer(String name, List<NamedWeight> weights) {
    /** Copies the list. */
    public Layer {
      weights = List.copyOf(weights);
    }
  }

  /**
   * Plain arrays, as {@code numpy.savez} keeps them: under whatever names their program gave them,
   * {@code dense/kernel} or {@code dense/kernel:0}, or {@code arr_0}, {@code arr_1}... in the order
   * of {@code model.get_weights()}.
   *
   * @param arrays by name, in the file's order
   */
  record ByName(Map<String, WeightRef> arrays) implements KerasWeights {
    /** Copies the map. */
    public ByName {
      arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    }
  }

  /**
   * Weights by object path: Keras 3 and the Keras 2 line from 2.12 on.
   *
   * @param root the model
   */
  record ByPath(Group root) implements KerasWeights {
    /** The object at a path of attribute names, as {@code layers/dense_1}. */
    public Optional<Group> at(String path) {
      return root.at(path);
    }
  }

  /**
   * An object with variables, with objects in its attributes, or both.
   *
   * @param path from the root, as {@code layers/dense_1}; empty for the root
   * @param name the {@code name} attribute of its variables' group: the layer's name (Keras 3.6 on)
   * @param vars its own variables by key, in numeric order of the keys {@code 0}, {@code 1}...
   *     (layers with a {@code save_own_variables} of their own may have other keys)
   * @param children the objects in its attributes and containers, in file order (which is by name)
   */
  record Group(
      String path,
      Optional<String> name,
      Map<String, WeightRef> vars,
      Map<String, Group> children) {
    /** Copies the maps. */
    public Group {
      vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars));
      children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
    }

    /** The variables in order. */
    public List<WeightRef> variables() {
      return List.copyOf(vars.values());
    }

    /** The object at a path below this one. */
    public Optional<Group> at(String relativePath) {
      Group group = this;
      for (String part : relativePath.split("/", -1)) {
        if (!part.isEmpty()) {
          group = group.children.get(part);
          if (group == null) {
            return Optional.empty();
          }
        }
      }
      return Optional.of(group);
    }
  }
}
