package io.github.weighbridge.conformance.docs.quarry;

// docs/custom-layers.md begins
import io.github.weighbridge.core.layer.CustomLayer;
import io.github.weighbridge.core.layer.CustomLayerProvider;
import java.util.Map;

public final class QuarryLayers implements CustomLayerProvider {

  @Override
  public Map<String, Class<? extends CustomLayer>> layers() {
    return Map.of("Quarry>Balance", Balance.class);
  }
}
// docs/custom-layers.md ends
