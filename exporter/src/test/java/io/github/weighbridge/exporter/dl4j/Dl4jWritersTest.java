package io.github.weighbridge.exporter.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody adds a layer without saying what DL4J makes of it. */
class Dl4jWritersTest {

  @ParameterizedTest
  @MethodSource("records")
  void hasAWriterOrAReason(Class<?> type) {
    Class<? extends Layer> layer = type.asSubclass(Layer.class);
    long answers =
        Stream.of(
                Dl4jWriters.writer(layer).isPresent(),
                Dl4jWriters.reason(layer).isPresent(),
                Dl4jWriters.isStructure(layer))
            .filter(answer -> answer)
            .count();
    assertThat(answers).as("writers and reasons of %s", type.getSimpleName()).isOne();
  }

  static Stream<Class<?>> records() {
    return Stream.concat(
            leaves(Layer.class), LayerCatalog.entries().stream().map(LayerCatalog.Entry::type))
        .distinct();
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Dl4jWritersTest::leaves)
        : Stream.of(type);
  }
}
