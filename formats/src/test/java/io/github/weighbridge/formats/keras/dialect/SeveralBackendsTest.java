package io.github.weighbridge.formats.keras.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.config.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeveralBackendsTest {

  @ParameterizedTest
  @CsvSource({
    "2.0.5, float32",
    "2.2.4, float32",
    "2.2.4-tf, int32",
    "2.15.0, int32",
  })
  void embeddingHadTheTypeOfItsInput(String version, String dtype) {
    assertThat(canonical("Embedding", Map.of("dtype", "int32"), version).text("dtype"))
        .contains(dtype);
  }

  @ParameterizedTest
  @CsvSource({
    "2.2.4, false",
    "2.3.1, false",
    "2.2.4-tf, true",
    "2.15.0, true",
  })
  void imagesWereInterpolatedFromCornerToCorner(String version, boolean centers) {
    Tree.Obj config = canonical("UpSampling2D", Map.of("interpolation", "bilinear"), version);
    assertThat(config.get("half_pixel_centers")).contains(Tree.of(centers));
  }

  private static Tree.Obj canonical(String className, Map<String, String> config, String version) {
    Map<String, Object> layer = Map.of("class_name", className, "config", config);
    Tree.Obj model =
        Tree.object()
            .with("class_name", Tree.of("Sequential"))
            .with("config", Tree.of(List.of(layer)));
    return KerasDialect.TF_KERAS
        .toCanonical(model, ImageDimOrdering.TF, false, Optional.of(version))
        .object("config")
        .flatMap(network -> network.items("layers").get(0).asObject())
        .flatMap(read -> read.object("config"))
        .orElseThrow();
  }
}
