package io.github.weighbridge.importer.dl4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a layer without sizes of its own does to those of its input. */
final class Passage {

  private Passage() {}

  /**
   * What comes before a layer, if this comes behind it: the same, or the same channels of another
   * image.
   */
  static List<@Nullable Long> before(Dl4jVertex vertex, List<@Nullable Long> behind) {
    if (rank(vertex) == 0) {
      return behind;
    }
    boolean first = isFirst(vertex);
    int channels = first ? 0 : behind.size() - 1;
    List<@Nullable Long> sizes = new ArrayList<>(Collections.nCopies(behind.size(), null));
    long block = vertex.config().get("blockSize").flatMap(tree -> tree.asLong()).orElse(1L);
    Long own = behind.get(channels);
    sizes.set(channels, own == null || block == 0 ? null : own / (block * block));
    return withSpatial(vertex, sizes, behind);
  }

  /** Sizes before a layer, with those of spatial axes that the ones behind it tell. */
  static List<@Nullable Long> withSpatial(
      Dl4jVertex vertex, List<@Nullable Long> before, List<@Nullable Long> behind) {
    if (behind.size() != before.size()) {
      return before;
    }
    int start = isFirst(vertex) ? 1 : 0;
    int end = start + behind.size() - 1;
    List<@Nullable Long> sizes = new ArrayList<>(before);
    List<@Nullable Long> spatial = SpatialSizes.before(vertex, behind.subList(start, end));
    for (int i = start; i < end; i++) {
      if (sizes.get(i) == null) {
        sizes.set(i, spatial.get(i - start));
      }
    }
    return sizes;
  }

  /** What comes before a layer behind which no other tells: its rank alone. */
  static Optional<List<@Nullable Long>> alone(Dl4jVertex vertex) {
    int rank = rank(vertex);
    return rank == 0
        ? Optional.empty()
        : Optional.of(new ArrayList<>(Collections.nCopies(rank + 1, null)));
  }

  private static boolean isFirst(Dl4jVertex vertex) {
    return List.of("cnn2dDataFormat", "dataFormat", "format").stream()
        .map(key -> vertex.config().text(key).orElse(""))
        .allMatch(format -> format.isEmpty() || format.startsWith("NC"));
  }

  /** How many spatial axes the images have that a layer changes; 0 if it changes none. */
  private static int rank(Dl4jVertex vertex) {
    return switch (vertex.simpleClass()) {
      case "Cropping1D", "Subsampling1DLayer", "Upsampling1D", "ZeroPadding1DLayer" -> 1;
      case "CnnLossLayer",
          "Cropping2D",
          "SpaceToBatchLayer",
          "SpaceToDepthLayer",
          "SubsamplingLayer",
          "Upsampling2D",
          "ZeroPaddingLayer" ->
          2;
      case "Cnn3DLossLayer",
          "Cropping3D",
          "Subsampling3DLayer",
          "Upsampling3D",
          "ZeroPadding3DLayer" ->
          3;
      default -> 0;
    };
  }
}
