package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of an array, by Python's rules: negative starts and ends count from the end, those beyond
 * an end are clamped, a negative step walks backwards. Operand: {@code x}.
 *
 * @param axes the axes that are cut; the others stay whole
 * @param starts the first element, per axis
 * @param ends the one after the last, per axis; {@link #TO_END} and {@link #TO_BEGIN} leave it open
 * @param steps from element to element, per axis, not 0
 */
public record Slice(List<Integer> axes, List<Long> starts, List<Long> ends, List<Long> steps)
    implements Operation {

  /** An end that is open, walking forwards. */
  public static final long TO_END = Long.MAX_VALUE;

  /** An end that is open, walking backwards. */
  public static final long TO_BEGIN = Long.MIN_VALUE;

  /** Copies the lists. */
  public Slice {
    axes = List.copyOf(axes);
    starts = List.copyOf(starts);
    ends = List.copyOf(ends);
    steps = List.copyOf(steps);
    Operands.require(
        axes.size() == starts.size() && axes.size() == ends.size() && axes.size() == steps.size(),
        "a slice has one start, end and step per axis");
    Operands.require(!steps.contains(0L), "a step is not 0");
  }

  /** The part from {@code start} to before {@code end} of one axis. */
  public static Slice of(int axis, long start, long end) {
    return new Slice(List.of(axis), List.of(start), List.of(end), List.of(1L));
  }

  /** An axis in opposite order. */
  public static Slice reversed(int axis) {
    return new Slice(List.of(axis), List.of(-1L), List.of(TO_BEGIN), List.of(-1L));
  }

  /** The first element that is taken from an axis of this size (cut number {@code cut}). */
  public long first(int cut, long size) {
    long step = steps.get(cut);
    long start = starts.get(cut);
    long from = start < 0 ? start + size : start;
    return step > 0 ? clamp(from, 0, size) : clamp(from, -1, size - 1);
  }

  /** How many elements are taken from an axis of this size (cut number {@code cut}). */
  public long count(int cut, long size) {
    long step = steps.get(cut);
    long end = ends.get(cut);
    long first = first(cut, size);
    if (step > 0) {
      long to = end == TO_END ? size : clamp(end < 0 ? end + size : end, 0, size);
      return to <= first ? 0 : (to - first - 1) / step + 1;
    }
    long to = end == TO_BEGIN ? -1 : clamp(end < 0 ? end + size : end, -1, size - 1);
    return first <= to ? 0 : (to - first + 1) / step + 1;
  }

  private static long clamp(long value, long low, long high) {
    return Math.max(low, Math.min(high, value));
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    Shape shape = x.shape();
    for (int cut = 0; cut < axes.size(); cut++) {
      int axis = axes.get(cut);
      Operands.requireAxis(axis, x);
      shape = shape.withDim(axis, cutDim(cut, x.shape().dim(axis)));
    }
    return List.of(x.withShape(shape));
  }

  private Dim cutDim(int cut, Dim dim) {
    if (dim.isFixed()) {
      return Dim.of(count(cut, dim.size()));
    }
    long start = starts.get(cut);
    long end = ends.get(cut);
    long step = steps.get(cut);
    if (step == -1 && start == -1 && end == TO_BEGIN) {
      return dim;
    }
    if (step > 0 && start >= 0 && (end == TO_END || end < 0)) {
      return dim.plus((end == TO_END ? 0 : end) - start).ceilDiv(step);
    }
    if (step > 0 && (start < 0) == (end < 0) && end <= start) {
      return Dim.of(0);
    }
    // Everything else depends on the size, as [:3] of an axis that may have two elements.
    String to = end == TO_END || end == TO_BEGIN ? "" : Long.toString(end);
    return Dim.symbolic(dim + "[" + start + ":" + to + (step == 1 ? "" : ":" + step) + "]");
  }
}
