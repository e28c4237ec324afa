package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.Permute;
import io.github.weighbridge.core.op.Transpose;
import java.util.Arrays;

/** {@code Transpose}. */
final class PermuteLowering implements Lowering<Permute> {

  @Override
  public Lowered lower(Permute layer, LoweringContext context) {
    Transpose transpose = new Transpose(Arrays.stream(layer.permutation()).boxed().toList());
    return Lowered.of(context.add("permute", transpose, context.input()));
  }
}
