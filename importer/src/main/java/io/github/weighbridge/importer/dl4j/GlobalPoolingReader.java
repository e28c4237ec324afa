package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.GlobalPooling;
import io.github.weighbridge.core.layer.PoolingKind;
import java.util.List;
import java.util.stream.IntStream;

/** GlobalPoolingLayer over the steps of a sequence or the places of an image. */
final class GlobalPoolingReader implements VertexReader {

  private static final Tree.Obj NONE = Tree.object();

  @Override
  public Signal read(VertexReading vertex) {
    ConfigObject config = vertex.config();
    Signal input = vertex.input();
    int rank = input.rank() - 2;
    if (rank < 1 || rank > 3) {
      throw vertex.refusal("must have an input of rank 3 to 5", vertex.shape().toString());
    }
    List<Integer> pooled = axes(config, input.rank());
    boolean first = pooled.get(0) == 2;
    boolean keep = !config.flag("collapseDimensions", true);
    DataFormat format = first ? DataFormat.CHANNELS_FIRST : DataFormat.CHANNELS_LAST;
    Image places = Image.of(vertex, format);
    Value image = rank == 1 ? vertex.sequence(format) : vertex.array(places.signal());
    DataFormat own = rank == 1 ? DataFormat.CHANNELS_LAST : places.format();
    Value result =
        switch (config.text("poolingType", "MAX")) {
          case "MAX" -> vertex.call("", new GlobalPooling(PoolingKind.MAX, rank, own, keep), image);
          case "AVG" ->
              vertex.call("", new GlobalPooling(PoolingKind.AVERAGE, rank, own, keep), image);
          case "SUM" -> sum(vertex, image, own, keep);
          case "PNORM" -> norm(vertex, image, own, keep);
          default -> throw config.invalid("poolingType", "must be a pooling type of DL4J");
        };
    return rank == 1 ? VertexReading.sequence(result, format) : places.again(Signal.same(result));
  }

  private static Value sum(VertexReading vertex, Value image, DataFormat format, boolean keep) {
    int rank = image.type().rank();
    int from = format == DataFormat.CHANNELS_FIRST ? 2 : 1;
    List<Integer> axes = IntStream.range(from, from + rank - 2).boxed().toList();
    Tree.Obj options = NONE.with("axis", Tree.of(axes)).with("keepdims", Tree.of(keep));
    return vertex.function("Sum", options, image);
  }

  /** {@code (sum |x|^p)^(1/p)}. */
  private static Value norm(VertexReading vertex, Value image, DataFormat format, boolean keep) {
    double p = vertex.config().size("pnorm", 2);
    Value powers = vertex.function("Power", NONE, vertex.function("Abs", NONE, image), p);
    return vertex.function("Power", NONE, sum(vertex, powers, format, keep), 1 / p);
  }

  /** The axes that are pooled: all but the batch and the first or the last. */
  private static List<Integer> axes(ConfigObject config, int rank) {
    List<Integer> given =
        config.given("poolingDimensions") ? config.sizes("poolingDimensions") : List.of();
    List<Integer> behindChannels = IntStream.range(2, rank).boxed().toList();
    List<Integer> beforeChannels = IntStream.range(1, rank - 1).boxed().toList();
    if (given.isEmpty() || given.equals(behindChannels)) {
      return behindChannels;
    }
    if (given.equals(beforeChannels)) {
      return beforeChannels;
    }
    throw config.unsupported("poolingDimensions", "must be all axes but batch and channels");
  }
}
