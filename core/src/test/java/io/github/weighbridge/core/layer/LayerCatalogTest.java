package io.github.weighbridge.core.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.lowering.KerasFunctions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Over the whole catalogue: names there and back, configurations there and back. */
class LayerCatalogTest {

  static Stream<String> classNames() {
    return LayerCatalog.entries().stream().map(LayerCatalog.Entry::className);
  }

  @ParameterizedTest
  @MethodSource("classNames")
  void neutralConfigurationsComeBack(String className) {
    comesBack(className, SampleConfig.neutral(className));
  }

  @ParameterizedTest
  @MethodSource("classNames")
  void fullConfigurationsComeBack(String className) {
    comesBack(className, SampleConfig.full(className));
  }

  private static void comesBack(String className, Tree.Obj config) {
    Layer layer = SampleConfig.bind(className, config);
    Tree.Obj written = LayerCatalog.binder().write((Record) layer);
    assertThat(written).isEqualTo(config);
    assertThat(written.members().keySet()).containsExactlyElementsOf(config.members().keySet());
    assertThat(SampleConfig.bind(className, written)).isEqualTo(layer);
    assertThat(LayerCatalog.className(layer)).isEqualTo(className);
  }

  @Test
  void entriesAreSortedAndFound() {
    assertThat(classNames().toList()).isSorted().doesNotHaveDuplicates();
    assertThat(LayerCatalog.entry("Conv2D"))
        .map(LayerCatalog.Entry::type)
        .contains(Convolution.class);
    assertThat(LayerCatalog.entry("Lambda")).isEmpty();
  }

  @Test
  void layersOutsideTheCatalogueNameThemselves() {
    assertThat(LayerCatalog.className(new OpaqueLayer("Lambda", Tree.object(), List.of(), "why")))
        .isEqualTo("Lambda");
    assertThat(
            LayerCatalog.className(
                new KerasOperation(
                    KerasFunctions.named("Add").orElseThrow(), Tree.object(), Tree.object())))
        .isEqualTo("Add");
    Argument nothing = new Argument.Items(List.of());
    Graph graph = Graph.ofCalls("g", nothing, List.of(), nothing);
    assertThat(
            LayerCatalog.className(
                new Network(Network.Kind.FUNCTIONAL, "MyModel", List.of(), graph)))
        .isEqualTo("MyModel");
  }

  @Test
  void everyLayerIsInTheCatalogue() {
    Set<Class<?>> known =
        LayerCatalog.entries().stream().map(LayerCatalog.Entry::type).collect(Collectors.toSet());
    Set<Class<?>> outside = new HashSet<>(permitted());
    outside.removeAll(known);
    assertThat(outside)
        .containsExactlyInAnyOrder(
            CustomLayer.class, KerasOperation.class, Network.class, OpaqueLayer.class);
  }

  /** Every record that is a layer. */
  static Set<Class<?>> permitted() {
    return records(Layer.class).collect(Collectors.toSet());
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(LayerCatalogTest::records)
        : Stream.of(type);
  }
}
