package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.GravesLstm;
import io.github.weighbridge.core.layer.Lstm;
import io.github.weighbridge.core.layer.RecurrentLayer;
import io.github.weighbridge.core.layer.SimpleRnn;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.List;

/** What DL4J's recurrent layers have in common. */
final class Recurrence {

  private Recurrence() {}

  /** A recurrent layer that stands alone. */
  static String layer(
      RecurrentLayer layer, LayerCall call, Dl4jObject config, List<WeightRef> parameters) {
    Dl4jObject wrapped = wrapped(layer, call, config);
    return layer.goBackwards()
        ? call.network().layer(call.name(), wrapped, parameters, reversed(call), null)
        : call.layer(wrapped, parameters);
  }

  /** The steps from the last to the first; DL4J's vertex has them on the last axis. */
  private static String reversed(LayerCall call) {
    if (call.layout() == ArrayLayout.TURNED) {
      return reversed(call, call.input());
    }
    NetworkBuilder network = call.network();
    Tree.Obj turn = PreProcessors.permute(2, 1);
    String turned = network.preProcessor(call.name() + "/turned", turn, call.input());
    return network.preProcessor(call.name() + "/back", turn, reversed(call, turned));
  }

  private static String reversed(LayerCall call, String sequence) {
    return call.network()
        .vertex(
            call.name() + "/reversed",
            Vertices.of("rnn.ReverseTimeSeriesVertex").with("maskArrayInputName", null),
            List.of(sequence));
  }

  /** The inner configuration of a direction of a Bidirectional. */
  static Dl4jObject config(RecurrentLayer layer, LayerCall call) {
    return wrapped(layer, call, own(layer, call));
  }

  private static Dl4jObject own(RecurrentLayer layer, LayerCall call) {
    if (layer instanceof GravesLstm graves) {
      return GravesLstmWriter.config(graves, call);
    }
    return layer instanceof Lstm lstm
        ? LstmWriter.config(lstm, call)
        : SimpleRnnWriter.config((SimpleRnn) layer, call);
  }

  /** The parameters of a direction of a Bidirectional. */
  static List<WeightRef> parameters(RecurrentLayer layer, LayerCall call) {
    if (layer instanceof GravesLstm graves) {
      return GravesLstmWriter.parameters(graves, call);
    }
    return layer instanceof Lstm lstm
        ? LstmWriter.parameters(lstm, call)
        : SimpleRnnWriter.parameters((SimpleRnn) layer, call);
  }

  private static Dl4jObject wrapped(RecurrentLayer layer, LayerCall call, Dl4jObject config) {
    call.require(!layer.returnState(), "must not return its states", "return_state");
    call.require(!layer.timeMajor(), "must have the batch before time", "time_major");
    requireZeroState(call);
    if (layer.stateful()) {
      call.drops(
          "begins a batch with the state of the one before, DL4J does so in rnnTimeStep", "");
    }
    return layer.returnSequences()
        ? config
        : LayerTemplates.plain("recurrent.LastTimeStep")
            .with("underlying", config.with("layerName", call.name()).tree());
  }

  /** DL4J has no input for a first state. */
  static void requireZeroState(LayerCall call) {
    call.require(
        call.inputs().size() == 1 && call.arguments().keyword("initial_state").isEmpty(),
        "must begin with a state of zeros",
        "an initial_state");
  }
}
