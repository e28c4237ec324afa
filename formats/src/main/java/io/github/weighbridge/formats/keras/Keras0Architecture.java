package io.github.weighbridge.formats.keras;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Architectures of Keras before 1.0 as Keras 1 writes them. A layer was one object, with its class
 * under {@code name} and its name under {@code custom_name}; a Sequential was the same with {@code
 * layers}. Names are not unique there; here those that repeat are counted.
 */
final class Keras0Architecture {

  /** Keys that came with Keras 1, with what the layers did before. */
  private static final Map<String, Object> BIASED = Map.of("bias", true);

  private static final Map<String, Object> LOOPED = Map.of("unroll", false);

  private static final Map<String, Map<String, Object>> DEFAULTS =
      Map.ofEntries(
          Map.entry("Dense", BIASED),
          Map.entry("TimeDistributedDense", BIASED),
          Map.entry("MaxoutDense", BIASED),
          Map.entry("Highway", BIASED),
          Map.entry("Convolution1D", BIASED),
          Map.entry("Convolution2D", BIASED),
          Map.entry("Convolution3D", BIASED),
          Map.entry("LSTM", LOOPED),
          Map.entry("GRU", LOOPED),
          Map.entry("SimpleRNN", LOOPED));

  private final Map<String, Integer> names = new HashMap<>();

  private Keras0Architecture() {}

  /** The architecture, if it is one of Keras before 1.0. */
  static Optional<Tree.Obj> toKeras1(Tree tree) {
    return tree.asObject()
        .filter(Keras0Architecture::isSequential)
        .map(model -> new Keras0Architecture().sequential(model));
  }

  private static boolean isSequential(Tree.Obj model) {
    return model.text("name").filter("Sequential"::equals).isPresent()
        && !model.has("class_name")
        && model.get("layers").filter(Tree::isArray).isPresent();
  }

  private Tree.Obj sequential(Tree.Obj model) {
    List<Tree> layers = new ArrayList<>();
    for (Tree layer : model.items("layers")) {
      layers.add(layer.asObject().<Tree>map(this::layer).orElse(layer));
    }
    return Tree.object().with("class_name", Tree.of("Sequential")).with("config", Tree.of(layers));
  }

  private Tree.Obj layer(Tree.Obj written) {
    if (isSequential(written)) {
      return sequential(written);
    }
    String className = written.text("name").orElse("");
    Tree.Obj config = input(className, written).without("custom_name").without("cache_enabled");
    if (className.equals("Merge")) {
      List<Tree> branches = new ArrayList<>();
      config
          .items("layers")
          .forEach(b -> branches.add(b.asObject().<Tree>map(this::layer).orElse(b)));
      config = config.with("layers", Tree.of(branches));
    }
    if (className.equals("Reshape")) {
      config = config.renamed("dims", "target_shape");
    }
    for (Map.Entry<String, Object> added : DEFAULTS.getOrDefault(className, Map.of()).entrySet()) {
      config = config.withDefault(added.getKey(), Tree.of(added.getValue()));
    }
    return Tree.object()
        .with("class_name", Tree.of(className))
        .with("config", config.with("name", Tree.of(unique(className, written))));
  }

  /** The shape with its batch; Embedding's said how many words there are. */
  private static Tree.Obj input(String className, Tree.Obj config) {
    List<Tree> shape = new ArrayList<>(List.of(Tree.none()));
    if (className.equals("Embedding")) {
      shape.add(config.get("input_length").orElse(Tree.none()));
    } else {
      shape.addAll(config.items("input_shape"));
    }
    return config.has("input_shape")
        ? config.without("input_shape").withDefault("batch_input_shape", Tree.of(shape))
        : config;
  }

  private String unique(String className, Tree.Obj layer) {
    String name = layer.text("custom_name").orElse(className);
    int count = names.merge(name, 1, Integer::sum);
    return count == 1 ? name : name + "_" + count;
  }
}
