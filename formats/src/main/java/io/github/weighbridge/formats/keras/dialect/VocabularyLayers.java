package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Layers that look terms up or hash them. */
final class VocabularyLayers {

  private VocabularyLayers() {}

  /** Also the types of what Keras 3 gives out. */
  static Tree.Obj lookup(Tree.Obj config) {
    Tree.Obj filled =
        CanonicalLayers.defaults(
            modes(config),
            "vocabulary",
            null,
            "idf_weights",
            null,
            "invert",
            false,
            "pad_to_max_tokens",
            false,
            "vocabulary_size",
            null,
            "oov_method",
            "floormod",
            "salt",
            null);
    return salt(outputDtype(filled));
  }

  static Tree.Obj textVectorization(Tree.Obj config) {
    Tree.Obj filled =
        CanonicalLayers.defaults(
            modes(config),
            "ngrams",
            null,
            "vocabulary",
            null,
            "idf_weights",
            null,
            "vocabulary_size",
            null);
    Optional<Long> ngrams = filled.get("ngrams").flatMap(Tree::asLong);
    if (ngrams.isPresent() && ngrams.get() > 0 && ngrams.get() < 1000) {
      filled =
          filled.with("ngrams", Tree.of(LongStream.rangeClosed(1, ngrams.get()).boxed().toList()));
    }
    return outputDtype(filled);
  }

  static Tree.Obj hashing(Tree.Obj config) {
    return salt(CanonicalLayers.defaults(modes(config), "mask_value", null, "salt", null));
  }

  /** Names that came before. */
  private static Tree.Obj modes(Tree.Obj config) {
    return switch (config.text("output_mode").orElse("int")) {
      case "binary" -> config.with("output_mode", Tree.of("multi_hot"));
      case "tf-idf" -> config.with("output_mode", Tree.of("tf_idf"));
      default -> CanonicalLayers.defaults(config, "output_mode", "int");
    };
  }

  private static Tree.Obj outputDtype(Tree.Obj config) {
    boolean weighted = config.text("output_mode").filter("tf_idf"::equals).isPresent();
    return CanonicalLayers.defaults(config, "output_dtype", weighted ? "float32" : "int64");
  }

  /** One number stands for both halves of the key. */
  private static Tree.Obj salt(Tree.Obj config) {
    return config
        .get("salt")
        .flatMap(Tree::asLong)
        .map(number -> config.with("salt", Tree.of(List.of(number, number))))
        .orElse(config);
  }

  /** The policy is the type of the output. */
  static Tree.Obj ofTfKeras(Tree.Obj config) {
    boolean indices = modes(config).text("output_mode").filter("int"::equals).isPresent();
    Tree dtype = config.get("dtype").orElse(Tree.of(indices ? "int64" : "float32"));
    return config.withDefault("output_dtype", dtype);
  }

  /** The policy is that of strings. */
  static Tree.Obj textOfTfKeras(Tree.Obj config) {
    boolean indices = modes(config).text("output_mode").filter("int"::equals).isPresent();
    return config.withDefault("output_dtype", Tree.of(indices ? "int64" : "float32"));
  }
}
