package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.ConfigType;
import io.github.weighbridge.core.config.Tree;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keras's QuantizationConfig: how a layer was quantised, as far as its calls depend on it.
 *
 * @param activationQuantizer what the inputs are quantised with; null for nothing
 * @param groupSize how many inputs share a scale, where the configuration says so; -1 for all
 * @param written the configuration as the file has it
 */
public record QuantizationConfig(
    @Nullable AbsMaxQuantizer activationQuantizer, @Nullable Integer groupSize, Tree.Obj written) {

  private static final List<String> CLASSES =
      List.of(
          "AWQConfig",
          "Float8QuantizationConfig",
          "GPTQConfig",
          "Int4QuantizationConfig",
          "Int8QuantizationConfig");

  /** How it stands in a configuration: an object with its class. */
  static final ConfigType<QuantizationConfig> CONFIG_TYPE =
      new ConfigType<>(
          QuantizationConfig.class,
          "a quantization config of Keras",
          QuantizationConfig::read,
          QuantizationConfig::written);

  /** Whether it agrees with the dtype policy, from which a file is read. */
  public boolean agreesWith(Quantization quantization) {
    return groupSize == null || groupSize == quantization.groupSize();
  }

  private static QuantizationConfig read(Tree tree) {
    Tree.Obj written = tree.asObject().orElseThrow(QuantizationConfig::unknown);
    String className = written.text("class_name").orElse("");
    Rules.require(
        CLASSES.contains(className), "must be one of " + CLASSES + ", got '" + className + "'");
    Tree.Obj config = written.object("config").orElse(Tree.object());
    Optional<AbsMaxQuantizer> quantizer =
        config.object("activation_quantizer").map(QuantizationConfig::quantizer);
    Integer groupSize =
        switch (className) {
          // Versions without groups wrote no block_size.
          case "Int4QuantizationConfig" -> number(config, "block_size").orElse(-1);
          case "AWQConfig", "GPTQConfig" -> number(config, "group_size").orElse(null);
          default -> null;
        };
    return new QuantizationConfig(quantizer.orElse(null), groupSize, written);
  }

  private static Optional<Integer> number(Tree.Obj config, String key) {
    return config.get(key).flatMap(Tree::asLong).map(Math::toIntExact);
  }

  private static AbsMaxQuantizer quantizer(Tree.Obj written) {
    Tree.Obj config = written.object("config").orElse(Tree.object());
    Rules.require(
        written.text("class_name").filter("AbsMaxQuantizer"::equals).isPresent()
            && config.text("output_dtype").orElse("int8").equals("int8"),
        "activation_quantizer must be an AbsMaxQuantizer of int8, got " + written);
    List<Tree> range = config.get("value_range").map(Tree::items).orElse(List.of());
    List<Integer> bounds =
        range.stream().flatMap(bound -> bound.asLong().stream()).map(Math::toIntExact).toList();
    Rules.require(bounds.size() == 2, "value_range must be two whole numbers, got " + range);
    double epsilon =
        config.get("epsilon").flatMap(Tree::asDouble).orElse(AbsMaxQuantizer.DEFAULT.epsilon());
    Axes axis =
        config
            .get("axis")
            .filter(tree -> !tree.isNull())
            .map(Axes.CONFIG_TYPE.reader())
            .orElse(null);
    return new AbsMaxQuantizer(bounds.get(0), bounds.get(1), epsilon, axis);
  }

  private static IllegalArgumentException unknown() {
    return new IllegalArgumentException("it must be an object");
  }
}
