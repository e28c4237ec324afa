package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.CustomLayer;
import io.github.weighbridge.core.layer.CustomLayerProvider;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The custom layers that reading knows besides {@link LayerCatalog}. An immutable value, which
 * options carry; there is no registry for the process.
 */
public final class CustomLayers {

  /** No custom layers. */
  public static final CustomLayers NONE = new CustomLayers(new TreeMap<>());

  private final Map<String, LayerCatalog.Entry> entries;

  private CustomLayers(Map<String, LayerCatalog.Entry> entries) {
    this.entries = entries;
  }

  /**
   * The layers of these providers: a list, or a {@link java.util.ServiceLoader}.
   *
   * @throws ProblemsException with every name that is given twice or is Keras's own, and every type
   *     that is no public record
   */
  public static CustomLayers of(Iterable<? extends CustomLayerProvider> providers) {
    Map<String, LayerCatalog.Entry> entries = new TreeMap<>();
    Map<String, String> givers = new TreeMap<>();
    Problems problems = new Problems();
    for (CustomLayerProvider provider : providers) {
      String giver = provider.getClass().getName();
      provider
          .layers()
          .forEach(
              (className, type) -> {
                Place place = Place.UNKNOWN.withKey("class '" + className + "' of " + giver);
                if (LayerCatalog.isBuiltIn(className)
                    || KerasFunctions.named(className).isPresent()) {
                  problems.error(
                      ProblemCode.ENTRY_DUPLICATE,
                      place,
                      "must not have the name of a layer of Keras",
                      className,
                      "register it in Keras with a package, and name it 'package>class'");
                } else if (givers.putIfAbsent(className, giver) != null) {
                  problems.error(
                      ProblemCode.ENTRY_DUPLICATE,
                      place,
                      "must be provided once",
                      "it in " + givers.get(className) + " too",
                      "leave one of them out");
                } else if (!type.isRecord() || !Modifier.isPublic(type.getModifiers())) {
                  problems.error(
                      ProblemCode.LAYER_UNSUPPORTED,
                      place,
                      "must be a public record",
                      type.getName(),
                      "make it one");
                } else {
                  entries.put(className, entry(className, type));
                }
              });
    }
    problems.throwIfErrors();
    return new CustomLayers(entries);
  }

  private static LayerCatalog.Entry entry(String className, Class<? extends CustomLayer> type) {
    return new LayerCatalog.Entry(
        className, type.asSubclass(Record.class), Tree.object(), List.of());
  }

  /** The entry of a name that a file has, if it is known. */
  public Optional<LayerCatalog.Entry> entry(String className) {
    return Optional.ofNullable(entries.get(className));
  }

  /** The names of all, sorted. */
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  @Override
  public String toString() {
    return entries.keySet().toString();
  }
}
