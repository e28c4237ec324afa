package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.PRelu;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** PReLU to PReLULayer. Parameter: alpha, column-major. */
final class PReluWriter implements LayerWriter<PRelu> {

  @Override
  public ChannelRule channels(PRelu layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(PRelu layer, LayerCall call) {
    WeightRef alpha = call.asArray(call.weight("alpha"));
    int rank = alpha.sizes().length;
    int[] reversed = IntStream.range(0, rank).map(i -> rank - 1 - i).toArray();
    List<Integer> given = layer.sharedAxes();
    List<Integer> shared =
        given == null ? List.of() : given.stream().map(call::axis).sorted().toList();
    return call.layer(
        call.templates()
            .base("PReLULayer", Activations.IDENTITY)
            .with("inputShape", Arrays.stream(alpha.sizes()).boxed().toList())
            .with("nin", 0)
            .with("nout", 0)
            .with("sharedAxes", shared.isEmpty() ? null : shared),
        alpha.transposed(reversed));
  }
}
