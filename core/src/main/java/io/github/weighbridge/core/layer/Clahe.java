package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * Keras's ContrastLimitedAdaptiveHistogramEqualization: the levels of an image spread evenly by the
 * histograms of a grid of tiles, between whose middles is interpolated.
 *
 * @param valueRange the lowest and the highest value
 * @param clipLimit how many times the mean count of a level counts at most, what is above being
 *     spread over all levels; no limit unless it is positive
 * @param tileGridSize the tiles along the height and along the width
 */
public record Clahe(
    List<Double> valueRange, double clipLimit, List<Integer> tileGridSize, DataFormat dataFormat)
    implements Layer {

  /** Copies the lists and checks the sizes. */
  public Clahe {
    valueRange = List.copyOf(valueRange);
    tileGridSize = List.copyOf(tileGridSize);
    Rules.require(valueRange.size() == 2, "value_range must have two numbers, got " + valueRange);
    Rules.require(
        tileGridSize.size() == 2 && tileGridSize.stream().allMatch(n -> n > 0),
        "tile_grid_size must have two positive numbers, got " + tileGridSize);
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Shape image = call.shapeOfRank(4);
    for (int i = 0; i < 2; i++) {
      Dim dim = image.dim(WindowShapes.spatialAxis(i, dataFormat));
      Rules.require(
          !dim.isFixed() || padded(i, dim.size()) <= 2 * dim.size(),
          tileGridSize.get(i) + " tiles are too many for an image " + image);
    }
    return List.of(call.input());
  }

  /** The size of a tile along the height (0) or the width (1) of an image of some size. */
  public long tile(int spatial, long size) {
    int tiles = tileGridSize.get(spatial);
    return (size + tiles - 1) / tiles;
  }

  /** The size of all tiles together, which the image is mirrored to have. */
  public long padded(int spatial, long size) {
    return tile(spatial, size) * tileGridSize.get(spatial);
  }
}
