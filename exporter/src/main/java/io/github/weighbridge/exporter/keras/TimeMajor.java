package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Bidirectional;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.StepLoop;
import io.github.weighbridge.core.model.LayerInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Recurrent layers with time before the batch, which Keras 3 has behind it: turned round before.
 */
final class TimeMajor {

  private static final Tree.Obj EXCHANGED = Tree.object().with("axes", Tree.of(List.of(1, 0, 2)));

  private final Compositions compositions;

  TimeMajor(Compositions compositions) {
    this.compositions = compositions;
  }

  /** The network for a layer that is one of them, where no mask has to be turned round as well. */
  Optional<LayerInstance> composed(LayerInstance instance) {
    return compositions
        .loop(instance)
        .filter(StepLoop::timeMajor)
        .flatMap(loop -> compositions.unmasked(instance).flatMap(n -> composed(loop, n)));
  }

  private static Optional<LayerInstance> composed(StepLoop loop, Composition network) {
    if (network.inputs().size() > 1) {
      return Optional.empty();
    }
    Value sequence = network.function("Transpose", EXCHANGED, network.input());
    Layer own = network.layer().layer();
    network.changeChildren(TimeMajor::batchFirst);
    List<Value> outputs =
        new ArrayList<>(network.named(batchFirst(own), network.layer().weights(), sequence));
    boolean both = own instanceof Bidirectional wrapper && wrapper.mergeMode() == null;
    for (int i = 0; loop.returnSequences() && i < (both ? 2 : 1); i++) {
      outputs.set(i, network.function("Transpose", EXCHANGED, outputs.get(i)));
    }
    return Optional.of(network.returning(Network.Kind.FUNCTIONAL, outputs));
  }

  private static Layer batchFirst(Layer layer) {
    return layer instanceof StepLoop loop && loop.timeMajor()
        ? LayerCatalog.with(loop, Tree.object().with("time_major", Tree.of(false))).orElseThrow()
        : layer;
  }
}
