package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** What canonical form alone spells as it does: the way down to any generation. */
final class SharedSpellings {

  private SharedSpellings() {}

  static Tree.Obj renamed(Tree.Obj layer) {
    String className = layer.text("class_name").orElse("");
    Tree.Obj config = layer.object("config").orElse(Tree.object());
    Tree.Obj own =
        switch (className) {
          case "Bidirectional" -> config.renamed("forward_layer", "layer");
          case "Cropping1D" -> single(config, "cropping");
          case "UpSampling1D" -> single(config, "size");
          case "ZeroPadding1D" -> single(config, "padding");
          case "Hashing", "IntegerLookup", "StringLookup" -> salt(config);
          case "Pipeline" -> config.renamed("pipeline_layers", "layers");
          case "TextVectorization" -> ngrams(config);
          default -> ImageLayers.isAugmentation(className) ? options(config) : config;
        };
    return layer.with("config", own);
  }

  /** Values that canonical form alone has, key by key; the map can be added to. */
  static Map<String, String> refused(Tree.Obj layer) {
    Map<String, String> refused = new LinkedHashMap<>();
    layer
        .object("config")
        .flatMap(config -> config.text("padding"))
        .filter("half"::equals)
        .ifPresent(half -> refused.put("padding", "must not pad as Theano does"));
    return refused;
  }

  /** The margins of one axis stand in no further list. */
  private static Tree.Obj single(Tree.Obj config, String key) {
    List<Tree> items = config.items(key);
    return items.size() == 1 ? config.with(key, items.get(0)) : config;
  }

  /** One number stands for both halves of the key. */
  private static Tree.Obj salt(Tree.Obj config) {
    List<Tree> halves = config.items("salt");
    return halves.size() == 2 && halves.get(0).equals(halves.get(1))
        ? config.with("salt", halves.get(0))
        : config;
  }

  /** One number stands for all lengths up to it. */
  private static Tree.Obj ngrams(Tree.Obj config) {
    List<Tree> lengths = config.items("ngrams");
    Tree upTo = Tree.of(LongStream.rangeClosed(1, lengths.size()).boxed().toList());
    return !lengths.isEmpty() && upTo.items().equals(lengths)
        ? config.with("ngrams", Tree.of((long) lengths.size()))
        : config;
  }

  private static Tree.Obj options(Tree.Obj config) {
    Tree.Obj own = config.without("options");
    for (var option : config.object("options").orElse(Tree.object()).members().entrySet()) {
      own = own.with(option.getKey(), option.getValue());
    }
    return own;
  }
}
