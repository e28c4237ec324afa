package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.OpaqueLayer;
import io.github.weighbridge.core.problem.ProblemCode;

/** Never: the reason is what the user is told. */
final class OpaqueLayerLowering implements Lowering<OpaqueLayer> {

  @Override
  public Lowered lower(OpaqueLayer layer, LoweringContext context) {
    boolean code = layer.className().equals("Lambda");
    throw new Refusal(
        code ? ProblemCode.CODE_REFUSED : ProblemCode.LAYER_UNKNOWN,
        code
            ? "must not be code: none in a model file is ever run"
            : "must be a layer that is known here",
        code ? "a Lambda" : layer.reason(),
        code ? "replace the Lambda by layers or operations of Keras and save the model again" : "");
  }
}
