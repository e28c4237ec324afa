package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.Rules;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An array that is written into the file as an argument: a number, nested lists of numbers, or an
 * array of numpy with its type.
 *
 * @param dtype its own type
 * @param weak whether it is a number of Python, or an array without a type, which yield to the
 *     types of tensors
 */
record LiteralArray(DataType dtype, boolean weak, List<Long> sizes, List<Tree> elements) {

  LiteralArray {
    sizes = List.copyOf(sizes);
    elements = List.copyOf(elements);
  }

  /** The array that a literal is, if it is one. */
  static Optional<LiteralArray> of(Tree tree) {
    if (tree instanceof Tree.Obj object) {
      if (!isArray(object)) {
        return Optional.empty();
      }
      Tree.Obj config = object.object("config").orElse(Tree.object());
      Optional<LiteralArray> own = config.get("value").flatMap(LiteralArray::of);
      if (!config.has("dtype")) {
        return own.map(LiteralArray::yielding);
      }
      Optional<DataType> dtype = config.text("dtype").flatMap(DataType::ofKerasName);
      return own.map(array -> array.stored(dtype.orElse(array.dtype())));
    }
    List<Long> sizes = new ArrayList<>();
    for (Tree inner = tree; inner.isArray(); inner = inner.items().get(0)) {
      sizes.add((long) inner.items().size());
      if (inner.items().isEmpty()) {
        return Optional.of(new LiteralArray(DataType.FLOAT32, false, sizes, List.of()));
      }
    }
    List<Tree> elements = new ArrayList<>();
    if (!collect(tree, sizes, 0, elements)) {
      return Optional.empty();
    }
    DataType dtype = DataType.BOOL;
    for (Tree element : elements) {
      DataType own = ofNumber(element);
      dtype = own == DataType.BOOL || dtype == DataType.FLOAT32 ? dtype : own;
    }
    return Optional.of(
        new LiteralArray(dtype, sizes.isEmpty() && dtype != DataType.BOOL, sizes, elements));
  }

  private static boolean isArray(Tree.Obj object) {
    String className = object.text("class_name").orElse("");
    return className.equals("__numpy__") || className.equals("__tensor__");
  }

  /** The numbers of an array of numpy as lists; anything else as it is. */
  static Tree numbers(Tree tree) {
    return tree.asObject()
        .filter(LiteralArray::isArray)
        .flatMap(object -> object.object("config"))
        .flatMap(config -> config.get("value"))
        .orElse(tree);
  }

  /** An array without a type: it yields to those of tensors, as TensorFlow's constants do. */
  private LiteralArray yielding() {
    DataType own = elements.isEmpty() ? DataType.INT32 : dtype;
    return new LiteralArray(own, own != DataType.BOOL, sizes, elements);
  }

  private LiteralArray stored(DataType own) {
    return new LiteralArray(own, false, sizes, elements);
  }

  /** Whether the tree has these sizes and numbers only. */
  private static boolean collect(Tree tree, List<Long> sizes, int depth, List<Tree> elements) {
    if (!tree.isArray()) {
      elements.add(tree);
      return depth == sizes.size() && (tree.asDouble().isPresent() || tree.asBoolean().isPresent());
    }
    return depth < sizes.size()
        && tree.items().size() == sizes.get(depth)
        && tree.items().stream().allMatch(item -> collect(item, sizes, depth + 1, elements));
  }

  private static DataType ofNumber(Tree number) {
    if (number.asBoolean().isPresent()) {
      return DataType.BOOL;
    }
    boolean whole = number instanceof Tree.Leaf leaf && leaf.value() instanceof Long;
    return whole ? DataType.INT32 : DataType.FLOAT32;
  }

  /** The array in a type. */
  Tensor tensor(DataType type) {
    long[] shape = sizes.stream().mapToLong(Long::longValue).toArray();
    Rules.require(Shape.elementCount(shape) == elements.size(), "an array has gaps");
    if (type.isInteger() && dtype.isInteger()) {
      // Not through floating-point numbers, which whole ones of 64 bits do not fit.
      return Tensor.of(elements.stream().mapToLong(LiteralArray::whole).toArray(), shape)
          .cast(type);
    }
    return Tensor.of(elements.stream().mapToDouble(LiteralArray::number).toArray(), shape)
        .cast(type);
  }

  private static long whole(Tree element) {
    return element.asLong().orElse(0L);
  }

  private static double number(Tree element) {
    return element.asDouble().orElse(element.asBoolean().orElse(false) ? 1.0 : 0.0);
  }
}
