package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.UpSampling;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Upsampling1D, 2D and 3D. */
final class UpsamplingReader implements VertexReader {

  private final int rank;

  UpsamplingReader(int rank) {
    this.rank = rank;
  }

  @Override
  public Signal read(VertexReading vertex) {
    // The first versions have one number for all axes.
    boolean list = vertex.config().tree().get("size").filter(Tree::isArray).isPresent();
    List<Integer> size =
        list
            ? vertex.config().sizes("size", rank)
            : Collections.nCopies(rank, vertex.config().size("size"));
    if (rank == 1) {
      // DL4J has it for features before steps alone.
      Value sequence = vertex.sequence(DataFormat.CHANNELS_FIRST);
      Value result = vertex.call("", upSampling(size, DataFormat.CHANNELS_LAST), sequence);
      return VertexReading.sequence(result, DataFormat.CHANNELS_FIRST);
    }
    DataFormat format =
        rank == 2 ? vertex.format("format", "NCHW") : vertex.format("dataFormat", "NCDHW");
    Image image = Image.of(vertex, format);
    return image.again(vertex.on("", image.signal(), upSampling(size, image.format()), Map.of()));
  }

  private static UpSampling upSampling(List<Integer> size, DataFormat format) {
    return new UpSampling(size, "nearest", true, format, true);
  }
}
