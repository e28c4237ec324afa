package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Clahe;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An axis of an image that is cut into tiles.
 *
 * @param own the size that the image has
 * @param tile the size of a tile
 * @param tiles how many there are
 */
record TileAxis(int own, int tile, int tiles) {

  static TileAxis of(Clahe layer, int spatial, long size) {
    return new TileAxis(
        Math.toIntExact(size),
        Math.toIntExact(layer.tile(spatial, size)),
        layer.tileGridSize().get(spatial));
  }

  /** The size of all tiles together. */
  int size() {
    return Math.multiplyExact(tile, tiles);
  }

  /** An image with its last elements once more in reverse, so that the tiles are full. */
  Value mirrored(LoweringContext context, Value x, int axis) {
    if (size() == own) {
      return x;
    }
    int[] places = IntStream.range(0, size()).map(i -> i < own ? i : 2 * own - 1 - i).toArray();
    Value indices = context.constant("places", Tensor.of(places, places.length));
    return context.add("mirrored", new Gather(axis, 0), x, indices);
  }

  /** The tile whose middle is next to an element, before it or behind it. */
  int tileOf(int element, boolean behind) {
    int before = (int) Math.floor(place(element)) - (behind ? 0 : 1);
    return Math.max(0, Math.min(tiles - 1, before));
  }

  /** Where an element is among the middles of the tiles, the first of which is at 1. */
  private float place(int element) {
    return (element - tile / 2.0f) / tile + 1;
  }

  /**
   * Two images as one, by how near the middles of the tiles are that they are of.
   *
   * @param axes how many axes follow this one
   */
  Value mixed(LoweringContext context, Value before, Value behind, int axes) {
    float[] near = new float[size()];
    float[] far = new float[size()];
    for (int i = 0; i < near.length; i++) {
      near[i] = place(i) - (float) Math.floor(place(i));
      far[i] = 1 - near[i];
    }
    long[] sizes = new long[axes + 1];
    Arrays.fill(sizes, 1);
    sizes[0] = near.length;
    Value left = context.constant("far", Tensor.of(far, sizes));
    Value right = context.constant("near", Tensor.of(near, sizes));
    return context.binary(
        BinaryFunction.ADD,
        context.binary(BinaryFunction.MULTIPLY, before, left),
        context.binary(BinaryFunction.MULTIPLY, behind, right));
  }
}
