package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LocallyConnected1D and LocallyConnected2D of Keras up to 2.15: a convolution whose every place
 * has a kernel and a bias of its own.
 *
 * <p>Weights: kernel, bias {@code [places..., filters]} if {@code useBias}. The kernel is laid out
 * by {@code implementation}: 1 {@code [places, window in, filters]}, the window flattened with the
 * channels where the image has them; 2 {@code [image..., in, places..., filters]}, or {@code [in,
 * image..., filters, places...]} for channels first, of which most is not used; 3 those that are
 * used in one vector, ordered by output, then by input.
 */
public record LocallyConnected(
    int filters,
    List<Integer> kernelSize,
    List<Integer> strides,
    WindowPadding padding,
    DataFormat dataFormat,
    Activation activation,
    boolean useBias,
    Initializer kernelInitializer,
    Initializer biasInitializer,
    @Nullable Regularizer kernelRegularizer,
    @Nullable Regularizer biasRegularizer,
    @Nullable Regularizer activityRegularizer,
    @Nullable Constraint kernelConstraint,
    @Nullable Constraint biasConstraint,
    int implementation)
    implements Layer {

  /** Copies the lists. */
  public LocallyConnected {
    kernelSize = List.copyOf(kernelSize);
    strides = List.copyOf(strides);
    WindowShapes.requireSameRank(kernelSize, strides, strides);
    Rules.require(kernelSize.size() <= 2, "kernel_size must have 1 or 2 numbers");
    Rules.require(filters > 0, "filters must be positive");
    Rules.require(
        implementation >= 1 && implementation <= 3,
        "implementation must be 1, 2 or 3, got " + implementation);
    Rules.require(
        padding == WindowPadding.VALID || (padding == WindowPadding.SAME && implementation != 1),
        "padding must be valid, or same where implementation is not 1");
  }

  /** How many spatial axes the image has. */
  public int rank() {
    return kernelSize.size();
  }

  /** The spatial sizes of an image, which must be known. */
  public List<Integer> imageSizes(Shape image) {
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < rank(); i++) {
      int axis = WindowShapes.spatialAxis(i, dataFormat);
      sizes.add(Math.toIntExact(Rules.knownSize(image, axis, "the size of axis " + axis)));
    }
    return sizes;
  }

  /** How many places the window has along each spatial axis. */
  public List<Integer> places(Shape image) {
    List<Integer> in = imageSizes(image);
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < rank(); i++) {
      int reach = in.get(i) - (padding == WindowPadding.SAME ? 1 : kernelSize.get(i));
      Rules.require(
          reach >= 0, "a window of " + kernelSize.get(i) + " does not fit an axis of " + in.get(i));
      places.add(reach / strides.get(i) + 1);
    }
    return places;
  }

  /** Where the window of a place begins; before the image where that is negative. */
  public int begin(int spatialAxis, int place) {
    int before = padding == WindowPadding.SAME ? kernelSize.get(spatialAxis) / 2 : 0;
    return place * strides.get(spatialAxis) - before;
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    Shape image = call.shapeOfRank(rank() + 2);
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(WeightSpec.trainable("kernel", kernelSizes(image)));
    if (useBias) {
      List<Integer> sizes = new ArrayList<>(places(image));
      sizes.add(filters);
      weights.add(WeightSpec.trainable("bias", sizes.stream().mapToLong(n -> n).toArray()));
    }
    return weights;
  }

  private long[] kernelSizes(Shape image) {
    long channels = WindowShapes.channels(image, dataFormat);
    return switch (implementation) {
      case 1 -> new long[] {product(places(image)), product(kernelSize) * channels, filters};
      case 2 -> {
        boolean first = dataFormat == DataFormat.CHANNELS_FIRST;
        List<Long> sizes = new ArrayList<>();
        imageSizes(image).forEach(n -> sizes.add((long) n));
        sizes.add(first ? 0 : rank(), channels);
        places(image).forEach(n -> sizes.add((long) n));
        sizes.add(first ? rank() + 1 : sizes.size(), (long) filters);
        yield sizes.stream().mapToLong(n -> n).toArray();
      }
      default -> new long[] {usedElements(image) * channels * filters};
    };
  }

  /** How many elements of the image all windows have together. */
  private long usedElements(Shape image) {
    long used = 1;
    for (int i = 0; i < rank(); i++) {
      int in = imageSizes(image).get(i);
      long along = 0;
      for (int place = 0; place < places(image).get(i); place++) {
        int begin = begin(i, place);
        along += Math.min(in, begin + kernelSize.get(i)) - Math.max(0, begin);
      }
      used *= along;
    }
    return used;
  }

  private static long product(List<Integer> sizes) {
    return sizes.stream().mapToLong(n -> n).reduce(1, (a, b) -> a * b);
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Shape image = call.shapeOfRank(rank() + 2);
    List<Integer> places = places(image);
    Shape result = image.withDim(dataFormat.channelAxis(image.rank()), Dim.of(filters));
    for (int i = 0; i < rank(); i++) {
      result = result.withDim(WindowShapes.spatialAxis(i, dataFormat), Dim.of(places.get(i)));
    }
    return List.of(call.input().withShape(result));
  }
}
