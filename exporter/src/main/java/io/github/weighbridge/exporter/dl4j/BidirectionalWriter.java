package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Bidirectional;
import io.github.weighbridge.core.layer.Gru;
import io.github.weighbridge.core.layer.RecurrentLayer;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;

/**
 * Bidirectional of LSTM or SimpleRNN. Parameters: those of the forward layer, then those of the
 * backward one.
 */
final class BidirectionalWriter implements LayerWriter<Bidirectional> {

  @Override
  public ChannelRule channels(Bidirectional layer, int rank) {
    return ChannelRule.LAST;
  }

  @Override
  public String write(Bidirectional layer, LayerCall call) {
    LayerCall forward = call.translation().childCall(call, Bidirectional.FORWARD);
    LayerCall backward = call.translation().childCall(call, Bidirectional.BACKWARD);
    Bidirectional.MergeMode mode = layer.mergeMode();
    if (mode == null) {
      return call.refuse("must merge its two outputs", "merge_mode None");
    }
    if (!(forward.instance().layer() instanceof RecurrentLayer first)
        || !(backward.instance().layer() instanceof RecurrentLayer second)
        || first instanceof Gru
        || second instanceof Gru) {
      return call.refuse(
          "must hold an LSTM or a SimpleRNN",
          forward.instance().className() + " and " + backward.instance().className());
    }
    Recurrence.requireZeroState(call);
    call.require(
        !first.goBackwards() && second.goBackwards(),
        "must have a forward and a backward layer",
        "go_backwards " + first.goBackwards() + " and " + second.goBackwards());
    call.require(
        first.returnSequences() == second.returnSequences(),
        "must return sequences in both directions or in none",
        "return_sequences " + first.returnSequences() + " and " + second.returnSequences());
    List<WeightRef> parameters = new ArrayList<>(Recurrence.parameters(first, forward));
    parameters.addAll(Recurrence.parameters(second, backward));
    return call.layer(
        LayerTemplates.plain("recurrent.Bidirectional")
            .with("bwd", Recurrence.config(second, backward).with("layerName", call.name()).tree())
            .with("fwd", Recurrence.config(first, forward).with("layerName", call.name()).tree())
            .with("mode", mode(mode)),
        parameters);
  }

  private static String mode(Bidirectional.MergeMode mode) {
    return switch (mode) {
      case CONCAT -> "CONCAT";
      case SUM -> "ADD";
      case MUL -> "MUL";
      case AVE -> "AVERAGE";
    };
  }
}
