package io.github.weighbridge.core.pass;

import io.github.weighbridge.core.graph.GraphBuilder;
import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** In which forms the values of a graph exist while {@link AssignLayout} walks over it. */
final class Layouts {

  /**
   * A moved image as a vector: its elements stand in another order than those of the plain vector.
   *
   * @param value the vector
   * @param image the moved image that it was made from
   * @param plain the shape of the plain image without the batch
   * @param perm the order of the axes of the moved image, without the batch, counted from 0
   */
  record Flat(Value value, Value image, Shape plain, List<Integer> perm) {

    /** The kernel with its rows in the order of this vector. */
    WeightRef moveRows(WeightRef kernel) {
      long[] sizes = kernel.sizes();
      long[] apart = plain.append(Dim.of(sizes[1])).sizes();
      int[] order = new int[apart.length];
      Arrays.setAll(order, i -> i < perm.size() ? perm.get(i) : i);
      return kernel.reshaped(apart).transposed(order).reshaped(sizes);
    }
  }

  private final Rewriter rewriter;
  private final ChannelOrder channels;
  private final Map<Value, Value> moved = new HashMap<>();
  private final Map<Value, Flat> flats = new HashMap<>();
  private final Map<Value, Step> flattened = new HashMap<>();
  private final Set<Value> plain = new HashSet<>();

  Layouts(Rewriter rewriter, ChannelOrder channels) {
    this.rewriter = rewriter;
    this.channels = channels;
  }

  private List<Integer> perm(int rank) {
    return AssignLayout.permutation(rank, channels);
  }

  // Forms of a value.

  boolean onlyMoved(Value old) {
    return moved.containsKey(old) && !plain.contains(old);
  }

  boolean onlyFlat(Value old) {
    return flats.containsKey(old) && !plain.contains(old);
  }

  Flat flat(Value old) {
    Flat flat = flats.get(old);
    if (flat == null) {
      throw new IllegalStateException(old + " is no flattened image");
    }
    return flat;
  }

  /** The value in the order of the source. */
  Value plain(Value old) {
    if (onlyMoved(old)) {
      Transpose back = new Transpose(perm(old.type().rank())).inverse();
      Value image = moved.get(old);
      putPlain(old, builder().add(name(old) + "/plain", back, image));
    } else if (onlyFlat(old)) {
      unflatten(old);
    }
    return rewriter.copy(old);
  }

  private static String name(Value old) {
    return old.name();
  }

  private void putPlain(Value old, Value copy) {
    plain.add(old);
    rewriter.put(old, copy);
  }

  /** The value with its channels moved. */
  Value moved(Value old) {
    Value known = moved.get(old);
    if (known != null) {
      return known;
    }
    Transpose transpose = new Transpose(perm(old.type().rank()));
    Optional<WeightRef> constant = rewriter.constant(old);
    Value made =
        constant.isPresent()
            ? builder().constant(old.name(), constant.get().transposed(transpose.permutation()))
            : builder().add(name(old) + "/moved", transpose, plain(old));
    moved.put(old, made);
    // The plain form it was made from stays: both exist now.
    plain.add(old);
    return made;
  }

  /** Whether a value can stand beside moved values of that rank: lower ranks get axes first. */
  boolean canBroadcastMoved(Value old, int rank) {
    return old.type().rank() <= rank && (old.type().rank() != 2 || rank > 2);
  }

  /** The value as an operand beside moved values of that rank. */
  Value movedTo(Value old, int rank) {
    int own = old.type().rank();
    if (own == 0) {
      return plain(old);
    }
    if (own == rank) {
      return moved(old);
    }
    Transpose transpose = new Transpose(perm(rank));
    Optional<WeightRef> constant = rewriter.constant(old);
    if (constant.isPresent()) {
      long[] sizes = new long[rank];
      Arrays.fill(sizes, 1);
      System.arraycopy(constant.get().sizes(), 0, sizes, rank - own, own);
      return builder()
          .constant(old.name(), constant.get().reshaped(sizes).transposed(transpose.permutation()));
    }
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < rank - own; i++) {
      axes.add(i);
    }
    Value wide = builder().add(name(old) + "/wide", new Unsqueeze(axes), plain(old));
    return builder().add(name(old) + "/moved", transpose, wide);
  }

  // Axes.

  /** Where an axis of the plain form is in the moved form. */
  int movedAxis(int axis, int rank) {
    return perm(rank).indexOf(axis);
  }

  /** A list with an entry per axis, in the order of the moved form. */
  <T> List<T> movedList(List<T> list) {
    return perm(list.size()).stream().map(list::get).toList();
  }

  /** Whether the axes that a reduction leaves stand in the same order in both forms. */
  boolean keepsOrder(Reduce reduce, int rank) {
    List<Integer> left = perm(rank).stream().filter(a -> !reduce.axes().contains(a)).toList();
    return left.equals(left.stream().sorted(Comparator.naturalOrder()).toList());
  }

  // Steps.

  /** Adds a step whose result is in moved form; always true. */
  boolean addMoved(Step step, Operation op, List<@Nullable Value> operands) {
    moved.put(step.output(), builder().addAll(step.name(), op, operands).get(0));
    return true;
  }

  /** Adds a step whose result is in the order of the source; always true. */
  boolean addPlain(Step step, Operation op, List<? extends @Nullable Value> operands) {
    putPlain(step.output(), builder().addAll(step.name(), op, new ArrayList<>(operands)).get(0));
    return true;
  }

  /** Copies a step with every operand in the order of the source. */
  void copyPlain(Step step) {
    step.inputs().forEach(this::plain);
    rewriter.copy(step);
    plain.addAll(step.outputs());
  }

  /** Keeps the flattened form of a moved image. */
  void putFlat(Step step) {
    Value source = step.operand(0);
    Value image = moved(source);
    Shape shape = source.type().shape();
    int rank = shape.rank();
    Reshape reshape =
        new Reshape(
            List.of(
                DimSource.of(shape.dim(0), 0, 0),
                new DimSource.Fixed(shape.slice(1, rank).elementCount())));
    Value vector = builder().add(step.name(), reshape, image);
    List<Integer> perm = perm(rank).subList(1, rank).stream().map(a -> a - 1).toList();
    flats.put(step.output(), new Flat(vector, image, shape.slice(1, rank), perm));
    flattened.put(step.output(), step);
  }

  /** Applies a function of one number to a flattened moved image. */
  void applyToFlat(Step step) {
    Flat before = flat(step.operand(0));
    Value vector = builder().add(step.name(), step.op(), before.value());
    flats.put(step.output(), new Flat(vector, before.image(), before.plain(), before.perm()));
  }

  /** The plain vector after all: through the shape of the moved image and back. */
  private void unflatten(Value old) {
    Flat flat = flat(old);
    Step step = flattened.get(old);
    Value plainImage;
    if (step != null) {
      plainImage = plain(step.operand(0));
    } else {
      List<DimSource> dims = new ArrayList<>();
      Shape shape = flat.image().type().shape();
      for (int i = 0; i < shape.rank(); i++) {
        dims.add(DimSource.of(shape.dim(i), 1, i));
      }
      Value image =
          builder().add(name(old) + "/image", new Reshape(dims), flat.value(), flat.image());
      Transpose back = new Transpose(perm(shape.rank())).inverse();
      plainImage = builder().add(name(old) + "/plain", back, image);
    }
    long count = flat.plain().elementCount();
    Reshape reshape =
        new Reshape(
            List.of(DimSource.of(old.type().shape().dim(0), 0, 0), new DimSource.Fixed(count)));
    putPlain(old, builder().add(name(old) + "/vector", reshape, plainImage));
  }

  private GraphBuilder builder() {
    return rewriter.builder();
  }
}
