package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Clahe;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.CumSum;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.Reduce;
import io.github.weighbridge.core.op.Slice;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.op.Unsqueeze;
import io.github.weighbridge.core.op.Where;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Every level of every tile is looked up in the running sum of the tile's histogram, for the four
 * tiles around each element, and the four are mixed by how near their middles are.
 */
final class ClaheLowering implements Lowering<Clahe> {

  private static final int LEVELS = 256;

  @Override
  public Lowered lower(Clahe layer, LoweringContext context) {
    Value given = context.input();
    boolean channelsFirst = layer.dataFormat() == DataFormat.CHANNELS_FIRST;
    Value x = channelsFirst ? Shapes.moved(context, given, 1, -1) : given;
    ValueRange range = ValueRange.of(layer.valueRange());
    if (!range.equals(ValueRange.LEVELS)) {
      x = range.moved(context, context.cast(x, DataType.FLOAT32), ValueRange.LEVELS);
    }
    Value even = equalized(layer, context, x);
    Value y = ValueRange.LEVELS.moved(context, even, range);
    Value own = context.cast(y, given.type().dtype());
    return Lowered.of(channelsFirst ? Shapes.moved(context, own, 3, 1) : own);
  }

  private static Value equalized(Clahe layer, LoweringContext context, Value x) {
    TileAxis rows = TileAxis.of(layer, 0, context.knownSize(x, 1));
    TileAxis columns = TileAxis.of(layer, 1, context.knownSize(x, 2));
    long channels = context.knownSize(x, 3);
    Value mirrored = columns.mirrored(context, rows.mirrored(context, x, 1), 2);
    Unary limits = new Unary(UnaryFunction.CLIP, 0, LEVELS - 1);
    Value levels = context.cast(context.add("limited", limits, mirrored), DataType.INT32);
    long tables = channels * rows.tiles() * columns.tiles();
    Value tiles = tiles(context, levels, rows, columns);
    Shape table = Shape.of(x.type().shape().dim(0), Dim.of(tables * LEVELS));
    Lookup lookup =
        new Lookup(
            context,
            context.add("table", Shapes.like(table, 0), sums(layer, context, tiles)),
            levels,
            rows,
            columns,
            channels);
    Value mixed =
        rows.mixed(
            context,
            columns.mixed(context, lookup.at(false, false), lookup.at(false, true), 1),
            columns.mixed(context, lookup.at(true, false), lookup.at(true, true), 1),
            2);
    Slice own =
        new Slice(
            List.of(1, 2),
            List.of(0L, 0L),
            List.of((long) rows.own(), (long) columns.own()),
            List.of(1L, 1L));
    return context.add("image", own, mixed);
  }

  /** The levels in the tiles {@code [batch, tiles of rows, of columns, channels; in each]}. */
  private static Value tiles(
      LoweringContext context, Value levels, TileAxis rows, TileAxis columns) {
    Dim batch = levels.type().shape().dim(0);
    Dim channels = levels.type().shape().dim(3);
    Shape tiled =
        Shape.of(
            batch,
            Dim.of(rows.tiles()),
            Dim.of(rows.tile()),
            Dim.of(columns.tiles()),
            Dim.of(columns.tile()),
            channels);
    Value tiles = context.add("tiles", Shapes.like(tiled, 0), levels);
    Value apart = context.add("apart", new Transpose(List.of(0, 1, 3, 5, 2, 4)), tiles);
    long each = (long) rows.tile() * columns.tile();
    Dim all = channels.times((long) rows.tiles() * columns.tiles());
    return context.add("each", Shapes.like(Shape.of(batch, all, Dim.of(each)), 0), apart);
  }

  /** What becomes of each level in each tile {@code [batch, tiles, levels]}. */
  private static Value sums(Clahe layer, LoweringContext context, Value tiles) {
    double pixels = tiles.type().shape().dim(2).size();
    Value range =
        context.constant("levels", Tensor.of(IntStream.range(0, LEVELS).toArray(), LEVELS));
    Value is =
        context.binary(
            BinaryFunction.EQUAL, context.add("column", new Unsqueeze(List.of(3)), tiles), range);
    Reduce count = new Reduce(Reduce.Function.SUM, List.of(2), false);
    Value counts = context.add("counts", count, context.cast(is, DataType.FLOAT32));
    if (layer.clipLimit() > 0) {
      double limit = layer.clipLimit() * pixels / LEVELS;
      Value kept = context.binary(BinaryFunction.MINIMUM, counts, limit);
      Reduce total = new Reduce(Reduce.Function.SUM, List.of(2), true);
      Value excess =
          context.add("excess", total, context.binary(BinaryFunction.SUBTRACT, counts, kept));
      counts =
          context.binary(
              BinaryFunction.ADD, kept, context.binary(BinaryFunction.DIVIDE, excess, LEVELS));
    }
    Value sums = context.add("sums", new CumSum(2), counts);
    Value least = context.add("least", new Reduce(Reduce.Function.MIN, List.of(2), true), sums);
    Value above =
        context.binary(
            BinaryFunction.MULTIPLY,
            context.binary(BinaryFunction.SUBTRACT, sums, least),
            LEVELS - 1);
    Value all =
        context.binary(
            BinaryFunction.SUBTRACT, context.scalar("pixels", DataType.FLOAT32, pixels), least);
    Value one = context.scalar("one", DataType.FLOAT32, 1);
    Value flat = context.binary(BinaryFunction.EQUAL, all, 0);
    Value divisor = context.add("divisor", new Where(), flat, one, all);
    Unary limits = new Unary(UnaryFunction.CLIP, 0, LEVELS - 1);
    return context.add("even", limits, context.binary(BinaryFunction.DIVIDE, above, divisor));
  }

  /** The table {@code [batch, tiles of rows, of columns, channels, levels]}, all but one flat. */
  private record Lookup(
      LoweringContext context,
      Value table,
      Value levels,
      TileAxis rows,
      TileAxis columns,
      long channels) {

    /** The levels of an image as one of the four tiles around each element has them. */
    Value at(boolean below, boolean right) {
      int[] offsets = new int[Math.toIntExact(channels * rows.size() * columns.size())];
      int at = 0;
      for (int row = 0; row < rows.size(); row++) {
        for (int column = 0; column < columns.size(); column++) {
          long tile =
              (long) rows.tileOf(row, below) * columns.tiles() + columns.tileOf(column, right);
          for (int channel = 0; channel < channels; channel++) {
            offsets[at++] = Math.toIntExact((tile * channels + channel) * LEVELS);
          }
        }
      }
      Shape image = levels.type().shape();
      Shape flat = Shape.of(image.dim(0), Dim.of(offsets.length));
      Value places =
          context.binary(
              BinaryFunction.ADD,
              context.add("flat", Shapes.like(flat, 0), levels),
              context.constant("offsets", Tensor.of(offsets, offsets.length)));
      Value found = context.add("found", new Gather(1, 1), table, places);
      return context.add("found_image", Shapes.like(image, 0), found);
    }
  }
}
