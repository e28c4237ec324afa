package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Attributes of TensorFlow's nodes: AttrValues in protobuf's JSON form. */
final class NodeAttributes {

  /** Attributes that follow from the inputs, or say how to compute and not what. */
  private static final Set<String> IMPLIED =
      Set.of(
          "Index",
          "N",
          "SrcT",
          "U",
          "exponential_avg_factor",
          "incompatible_shape_error",
          "index_type",
          "num_split",
          "use_cudnn_on_gpu",
          "validate_indices");

  private NodeAttributes() {}

  /**
   * Adds the attributes of a node to the arguments of a call. Types of inputs and counts follow
   * from the inputs; anything else that is not known stays, under its own name.
   *
   * @param definition the node
   * @param arguments the arguments that attributes stand for
   * @param kwargs the call's
   */
  static void add(Tree.Obj definition, Map<String, String> arguments, Map<String, Tree> kwargs) {
    Tree.Obj attributes = definition.object("attr").orElse(Tree.object());
    for (Map.Entry<String, Tree> attribute : attributes.members().entrySet()) {
      String name = attribute.getKey();
      String argument = arguments.get(name);
      Tree value = value(attribute.getValue().asObject().orElse(Tree.object()));
      if (argument == null && isImplied(name, value)) {
        continue;
      }
      boolean empty = value.isArray() && value.items().isEmpty();
      if (!empty) {
        kwargs.put(argument == null ? name : argument, value);
      }
    }
    explicitPadding(kwargs);
  }

  /** Numbers in one list where the padding itself is only announced. */
  private static void explicitPadding(Map<String, Tree> kwargs) {
    Tree numbers = kwargs.remove("explicit_paddings");
    if (numbers == null) {
      return;
    }
    List<Tree> pairs = new ArrayList<>();
    for (int i = 0; i + 1 < numbers.items().size(); i += 2) {
      pairs.add(Tree.of(numbers.items().subList(i, i + 2)));
    }
    kwargs.put("padding", Tree.of(pairs));
  }

  private static boolean isImplied(String name, Tree value) {
    boolean type = name.startsWith("T") && !name.equals("Truncate");
    return type || name.startsWith("_") || value.equals(Tree.of(false)) || IMPLIED.contains(name);
  }

  /** What an AttrValue holds; texts are bytes in base64, whole numbers texts. */
  private static Tree value(Tree.Obj attribute) {
    if (attribute.has("s")) {
      return text(attribute.get("s").orElseThrow());
    }
    if (attribute.has("i")) {
      return whole(attribute.get("i").orElseThrow());
    }
    if (attribute.has("type")) {
      return Tree.of(type(attribute.text("type").orElse("")));
    }
    Optional<Tree.Obj> list = attribute.object("list");
    if (list.isPresent()) {
      return Tree.of(
          list.get().has("s")
              ? list.get().items("s").stream().map(NodeAttributes::text).toList()
              : list.get().items("i").stream().map(NodeAttributes::whole).toList());
    }
    return attribute.get("b").or(() -> attribute.get("f")).orElse(Tree.none());
  }

  private static Tree whole(Tree number) {
    return number
        .asText()
        .filter(text -> text.matches("-?\\d{1,18}"))
        .<Tree>map(text -> Tree.of(Long.valueOf(text)))
        .orElse(number);
  }

  private static Tree text(Tree bytes) {
    try {
      byte[] decoded = Base64.getDecoder().decode(bytes.asText().orElse(""));
      return Tree.of(new String(decoded, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return bytes;
    }
  }

  /** {@code DT_HALF} and its like by numpy's names. */
  private static String type(String name) {
    return switch (name) {
      case "DT_FLOAT" -> "float32";
      case "DT_DOUBLE" -> "float64";
      case "DT_HALF" -> "float16";
      default -> name.replaceFirst("^DT_", "").toLowerCase(Locale.ROOT);
    };
  }
}
