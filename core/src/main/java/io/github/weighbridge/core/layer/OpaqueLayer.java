package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;

/**
 * A layer of a class that is not known here, or that holds code (Lambda): it can be inspected,
 * compared and written back, but not run.
 *
 * @param className as the file names it
 * @param config as the file has it
 * @param statedOutputs the types that the file states for what it returns, or empty
 * @param reason why it cannot run, for people
 */
public record OpaqueLayer(
    String className, Tree.Obj config, List<TensorType> statedOutputs, String reason)
    implements Layer {

  /** Copies the types. */
  public OpaqueLayer {
    statedOutputs = List.copyOf(statedOutputs);
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return statedOutputs;
  }
}
