package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.formats.onnx.OnnxAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A shape as an int64 vector: a constant where every size is a number, else joined at run time from
 * numbers and sizes of operands.
 */
final class ShapeVector {

  private final Step step;
  private final OnnxContext onnx;
  private final List<@Nullable Long> numbers = new ArrayList<>();
  private final List<DimSource> sources;

  /**
   * @param sources where the sizes come from
   */
  ShapeVector(Step step, OnnxContext onnx, List<DimSource> sources) {
    this.step = step;
    this.onnx = onnx;
    this.sources = sources;
    for (DimSource source : sources) {
      numbers.add(known(source));
    }
  }

  private @Nullable Long known(DimSource source) {
    if (source instanceof DimSource.Fixed fixed) {
      return fixed.size();
    }
    if (source instanceof DimSource.Of of) {
      var dim = onnx.shape(step.operand(of.operand())).dim(of.axis());
      return dim.isFixed() ? dim.size() : null;
    }
    return null;
  }

  /** Whether the size of an axis is only known at run time. */
  boolean isOpen(int axis) {
    return numbers.get(axis) == null;
  }

  /** How many sizes are only known at run time. */
  long open() {
    return numbers.stream().filter(Objects::isNull).count();
  }

  /** Writes a number for an axis. */
  void set(int axis, long number) {
    numbers.set(axis, number);
  }

  boolean contains(long number) {
    return numbers.contains(number);
  }

  /** The vector's name. */
  String name() {
    if (open() == 0) {
      return onnx.ints(numbers.stream().map(Objects::requireNonNull).toList());
    }
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      Long number = numbers.get(i);
      if (number != null) {
        parts.add(onnx.ints(number));
      } else if (sources.get(i) instanceof DimSource.Of of) {
        parts.add(onnx.dimension(step, step.operand(of.operand()), of.axis()));
      } else {
        throw new IllegalStateException(step.name() + ": the rest must be -1");
      }
    }
    return parts.size() == 1
        ? parts.get(0)
        : onnx.node(step, "Concat", parts, Map.of("axis", OnnxAttribute.of(0)));
  }
}
