package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.ZeroPadding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * SpaceToDepthLayer and SpaceToBatchLayer: the elements at the same place of every block of an
 * image, as channels or samples behind each other.
 */
final class SpaceToDepthReader implements VertexReader {

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    vertex.requireRank(vertex.input(), 4);
    if (config.simpleClass().equals("SpaceToDepthLayer")) {
      int block = config.size("blockSize");
      DataFormat format = vertex.format("dataFormat", "NCHW");
      int channels = format == DataFormat.CHANNELS_FIRST ? 1 : 3;
      return Signal.same(joined(vertex, vertex.array(), format, List.of(block, block), channels));
    }
    DataFormat format = vertex.format("format", "NCHW");
    List<List<Integer>> padding = new ArrayList<>();
    for (Tree pair : config.tree().items("padding")) {
      padding.add(
          new ConfigObject(Tree.object().with("padding", pair), config.place())
              .sizes("padding", 2));
    }
    if (padding.size() != 2) {
      throw config.invalid("padding", "must have two pairs");
    }
    Value padded = vertex.call("_padding", new ZeroPadding(padding, format), vertex.array());
    return Signal.same(joined(vertex, padded, format, config.sizes("blocks", 2), 0));
  }

  private static Value joined(
      VertexReading vertex, Value image, DataFormat format, List<Integer> blocks, int axis) {
    if (blocks.get(0) == 0 || blocks.get(1) == 0) {
      throw vertex.refusal("must have blocks of at least 1", blocks.toString());
    }
    int rows = format == DataFormat.CHANNELS_FIRST ? 2 : 1;
    List<Value> parts = new ArrayList<>();
    for (int row = 0; row < blocks.get(0); row++) {
      for (int column = 0; column < blocks.get(1); column++) {
        List<Tree> keys = new ArrayList<>(Collections.nCopies(4, Slices.ALL));
        keys.set(rows, Slices.key(Tree.of(row), Tree.none(), Tree.of(blocks.get(0))));
        keys.set(rows + 1, Slices.key(Tree.of(column), Tree.none(), Tree.of(blocks.get(1))));
        parts.add(vertex.function("GetItem", Tree.object(), image, keys));
      }
    }
    return vertex.functionOfAll("Concatenate", Tree.object().with("axis", Tree.of(axis)), parts);
  }
}
