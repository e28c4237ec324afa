package io.github.weighbridge.importer.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.OpaqueLayer;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.formats.config.Json;
import io.github.weighbridge.formats.keras.dialect.KerasDialect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * One configuration of every layer of the catalogue, as each generation wrote it; by {@code
 * testdata/scripts/layer_configs.py}.
 */
class LayerConfigsTest {

  /** Layers that no Keras has. */
  private static final Set<String> OF_DL4J = Set.of("GravesLSTM");

  @Test
  void everyLayerOfTheCatalogueIsKnown() throws IOException {
    Set<String> known = new TreeSet<>(known("layers_tf_keras_2_15.json", KerasDialect.TF_KERAS));
    known.addAll(known("layers_keras_3_15.json", KerasDialect.KERAS_3));
    known.addAll(known("layers_keras_1_2.json", KerasDialect.KERAS_1));

    assertThat(known)
        .containsExactlyElementsOf(
            LayerCatalog.entries().stream()
                .map(LayerCatalog.Entry::className)
                .filter(name -> !OF_DL4J.contains(name))
                .toList());
  }

  /** The canonical class names of what a file holds. */
  private static List<String> known(String resource, KerasDialect dialect) throws IOException {
    List<String> known = new ArrayList<>();
    for (Tree written : layers(resource)) {
      known.add(LayerCatalog.className(read(written, dialect)));
    }
    return known;
  }

  /** The layers of a file. */
  static List<Tree> layers(String resource) throws IOException {
    return Json.parse(text(resource), resource).items();
  }

  /** A layer that is read without a problem, and those within it. */
  static Layer read(Tree written, KerasDialect dialect) {
    Problems problems = new Problems();
    LayerTable table = new LayerTable();
    LayerTree canonical = new LayerTree(dialect.toCanonical(written.asObject().orElseThrow()));
    LayerId id =
        new ModelReader(table, KerasImportOptions.DEFAULTS, Place.UNKNOWN, problems)
            .layer(canonical, List.of());
    assertThat(problems.all()).as(canonical.className()).isEmpty();
    assertThat(table.instances()).noneMatch(layer -> layer.layer() instanceof OpaqueLayer);
    return table.get(id).layer();
  }

  private static String text(String resource) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(LayerConfigsTest.class.getResourceAsStream(resource))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
