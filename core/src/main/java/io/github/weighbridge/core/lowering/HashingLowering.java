package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Hashing;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.HashBucket;
import io.github.weighbridge.core.op.Lookup;
import io.github.weighbridge.core.tensor.DataType;
import java.util.List;

/** {@code HashBucket}; with a mask its buckets are one less, and one further. */
final class HashingLowering implements Lowering<Hashing> {

  @Override
  public Lowered lower(Hashing layer, LoweringContext context) {
    Value given = context.rawInput();
    if (given.type().dtype() == DataType.BOOL) {
      throw context.unsupported("the input must be text or numbers", given.type().toString());
    }
    Value terms =
        given.type().dtype() == DataType.STRING ? given : context.cast(given, DataType.INT64);
    Tree mask = layer.numBins() > 1 ? layer.maskValue() : null;
    long buckets = mask == null ? layer.numBins() : layer.numBins() - 1L;
    Value bins = context.add("hash", new HashBucket(buckets, layer.salt()), terms);
    if (mask != null) {
      Value further = context.binary(BinaryFunction.ADD, bins, 1);
      bins = context.binary(BinaryFunction.MULTIPLY, further, counts(context, given, terms, mask));
    }
    return Lowered.of(
        Categories.encode(
            context, bins, layer.outputMode(), layer.numBins(), context.computeType()));
  }

  /** 0 where the mask's value is given, else 1. */
  private static Value counts(LoweringContext context, Value given, Value terms, Tree mask) {
    boolean text = given.type().dtype() == DataType.STRING;
    if (given.type().dtype().isFloating()) {
      double value = mask.asDouble().orElseThrow(() -> unfit(context, given, mask));
      return context.cast(context.binary(BinaryFunction.NOT_EQUAL, given, value), DataType.INT64);
    }
    Lookup.Labels key =
        text
            ? new Lookup.Words(
                List.of(mask.asText().orElseThrow(() -> unfit(context, given, mask))))
            : new Lookup.Numbers(
                List.of(mask.asLong().orElseThrow(() -> unfit(context, given, mask))));
    Lookup lookup =
        new Lookup(key, new Lookup.Numbers(List.of(0L)), new Lookup.Numbers(List.of(1L)));
    return context.add("unmasked", lookup, terms);
  }

  private static Refusal unfit(LoweringContext context, Value given, Tree mask) {
    return context.unsupported(
        "mask_value must be of the input's type " + given.type().dtype(), mask.toString());
  }
}
