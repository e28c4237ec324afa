package io.github.weighbridge.core.model;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.tensor.WeightRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A network with its layers, and what a file says of its training. Immutable; weights are read from
 * the file when somebody needs them, so keep it open until then. Thread-safe.
 */
public final class Model implements AutoCloseable {

  private final String name;
  private final Network network;
  private final Map<LayerId, LayerInstance> layers;
  private final Provenance provenance;
  private final Tree.@Nullable Obj written;
  private final Tree.@Nullable Obj trainingConfig;
  private final Map<String, WeightRef> optimizerState;
  private final List<Problem> warnings;
  private final AutoCloseable source;

  /**
   * A model.
   *
   * @param name for people
   * @param network the root
   * @param layers every instance, those of nested models and wrappers included, in order of id
   * @param provenance where it came from
   * @param written the architecture as the file has it, null for a model that differs from it
   * @param trainingConfig loss, metrics and optimizer as the file has them, or null
   * @param optimizerState the optimizer's variables in the order of the file
   * @param warnings what was noticed while reading
   * @param source closed with the model
   */
  public Model(
      String name,
      Network network,
      Collection<LayerInstance> layers,
      Provenance provenance,
      Tree.@Nullable Obj written,
      Tree.@Nullable Obj trainingConfig,
      Map<String, WeightRef> optimizerState,
      List<Problem> warnings,
      AutoCloseable source) {
    this.name = name;
    this.network = network;
    Map<LayerId, LayerInstance> table = new LinkedHashMap<>();
    layers.forEach(layer -> table.put(layer.id(), layer));
    this.layers = Collections.unmodifiableMap(table);
    this.provenance = provenance;
    this.written = written;
    this.trainingConfig = trainingConfig;
    this.optimizerState = Collections.unmodifiableMap(new LinkedHashMap<>(optimizerState));
    this.warnings = List.copyOf(warnings);
    this.source = source;
  }

  /** The model's name, for people. */
  public String name() {
    return name;
  }

  /** The root network. */
  public Network network() {
    return network;
  }

  /** Every layer instance, those of nested models and wrappers included, in order of id. */
  public Collection<LayerInstance> layers() {
    return layers.values();
  }

  /** The instance of that id. */
  public LayerInstance layer(LayerId id) {
    LayerInstance layer = layers.get(id);
    if (layer == null) {
      throw new IllegalArgumentException("no layer " + id + " in model '" + name + "'");
    }
    return layer;
  }

  /** Where the model came from. */
  public Provenance provenance() {
    return provenance;
  }

  /**
   * The architecture as the file has it, in the words of {@link #provenance}: what goes back to the
   * same form stays as it was, to the last key. A model that was changed has none.
   */
  public Optional<Tree.Obj> written() {
    return Optional.ofNullable(written);
  }

  /** Loss, metrics and optimizer as the file has them. */
  public Optional<Tree.Obj> trainingConfig() {
    return Optional.ofNullable(trainingConfig);
  }

  /** The optimizer's variables, in the order of the file. */
  public Map<String, WeightRef> optimizerState() {
    return optimizerState;
  }

  /** What was noticed while reading, and did not stop it. */
  public List<Problem> warnings() {
    return warnings;
  }

  /**
   * This model with other layers in its table. It reads its weights through this one: keep that
   * open; closing the copy closes nothing.
   */
  public Model withLayers(Collection<LayerInstance> newLayers) {
    return new Model(
        name,
        network,
        newLayers,
        provenance,
        null,
        trainingConfig,
        optimizerState,
        warnings,
        () -> {});
  }

  /** How many numbers the weights hold. */
  public long parameterCount() {
    return layers.values().stream().mapToLong(LayerInstance::parameterCount).sum();
  }

  /** Closes the file; weights can no longer be read. */
  @Override
  public void close() {
    try {
      source.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("closing " + provenance.file(), e);
    }
  }
}
