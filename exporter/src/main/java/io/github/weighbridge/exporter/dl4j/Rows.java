package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Vectors {@code [rows, size]} in a network, and what is made of them by vertices and layers of
 * DL4J: a decomposition reads like its formula.
 *
 * <p>Constants are layers that are not trained. Names are the call's and what a step is.
 *
 * @param call that is decomposed
 * @param vertex has the vectors
 * @param size of one vector
 */
record Rows(LayerCall call, String vertex, long size) {

  /** The mean of each vector, {@code [rows, 1]}. */
  Rows mean() {
    return constant("/mean", WeightRef.filled(DataType.FLOAT32, 1.0 / size, 1, size), 0);
  }

  /** A number for each vector, {@code [rows, 1]}. */
  Rows number(String step, double value) {
    return constant(step, WeightRef.filled(DataType.FLOAT32, 0, 1, size), value);
  }

  /** The sum of each vector's elements, {@code [rows, 1]}. */
  Rows sum(String step) {
    return constant(step, WeightRef.filled(DataType.FLOAT32, 1, 1, size), 0);
  }

  /** The product with a matrix {@code [out, in]} of constants. */
  Rows product(String step, WeightRef matrix) {
    return constant(step, matrix, 0);
  }

  /** As {@link #product}, plus a number. */
  private Rows constant(String step, WeightRef kernel, double bias) {
    long out = kernel.sizes()[0];
    List<WeightRef> parameters = List.of(kernel, WeightRef.filled(DataType.FLOAT32, bias, out));
    String name = call.name() + step;
    return next(call.network().constant(name, dense(size, out, true), parameters, vertex), out);
  }

  /** The difference to other vectors, or to a number for each. */
  Rows minus(String step, Rows other) {
    return vertex(step, Vertices.elementWise("Subtract"), size, other);
  }

  /** The product with other vectors, or with a number for each. */
  Rows times(String step, Rows other) {
    return vertex(step, Vertices.elementWise("Product"), Math.max(size, other.size()), other);
  }

  /** The product with a number. */
  Rows times(String step, double factor) {
    return vertex(step, Vertices.scale(factor), size);
  }

  /** These vectors and others, end to end. */
  Rows beside(String step, Rows other) {
    return vertex(step, Vertices.merge(1), size + other.size(), other);
  }

  /** Vectors of length 1; a shorter one than the given length counts as that. */
  Rows unitLength(String step, double shortest) {
    return vertex(step, Vertices.unitLength(shortest), size);
  }

  /** Neighbouring elements of each vector. */
  Rows part(String step, long from, long count) {
    return vertex(step, Vertices.subset(from, count), count);
  }

  /** A function of every element. */
  Rows activated(String step, Tree.Obj function) {
    return layer(step, LayerTemplates.activation(function), List.of(), vertex, size);
  }

  /** The product with a kernel {@code [in, out]} plus a bias, which are trained. */
  Rows dense(String step, WeightRef kernel, Optional<WeightRef> bias) {
    return dense(step, new Activations.Mapped(Activations.IDENTITY, 1), kernel, bias);
  }

  /** A function of {@link #dense}. */
  Rows dense(
      String step, Activations.Mapped activation, WeightRef kernel, Optional<WeightRef> bias) {
    long out = kernel.sizes()[1];
    List<WeightRef> parameters = new ArrayList<>(List.of(kernel.transposed(1, 0)));
    bias.ifPresent(parameters::add);
    Dl4jObject dense =
        dense(size, out, bias.isPresent()).with("activationFn", activation.function());
    return layer(step, dense, LayerCall.scaled(activation, parameters), vertex, out);
  }

  private Dl4jObject dense(long in, long out, boolean hasBias) {
    return call.templates()
        .feedForward("DenseLayer", Activations.IDENTITY, in, out)
        .with("hasBias", hasBias)
        .with("hasLayerNorm", false);
  }

  /** {@code gamma x + beta}, which is trained. */
  Rows affine(String step, WeightRef gamma, WeightRef beta) {
    return layer(step, elementWise(), flat(gamma, beta), vertex, size);
  }

  /** {@code factors x + addends}, all constants. */
  Rows constantAffine(String step, WeightRef factors, WeightRef addends) {
    String name = call.name() + step;
    return next(call.network().constant(name, elementWise(), flat(factors, addends), vertex), size);
  }

  private Dl4jObject elementWise() {
    return call.templates()
        .feedForward("misc.ElementWiseMultiplicationLayer", Activations.IDENTITY, size, size);
  }

  private static List<WeightRef> flat(WeightRef... weights) {
    return Arrays.stream(weights).map(weight -> weight.reshaped(weight.count())).toList();
  }

  /** A weight under each vector, which is trained: the product of a 1 with it. */
  Rows weight(String step, WeightRef weight) {
    long out = weight.count();
    List<WeightRef> parameters = List.of(weight.reshaped(out, 1));
    return layer(step, dense(1, out, false), parameters, number(step + "_one", 1).vertex(), out);
  }

  /** The sum with other vectors. */
  Rows plus(String step, Rows other) {
    return vertex(step, Vertices.elementWise("Add"), size, other);
  }

  private Rows vertex(String step, Dl4jObject config, long newSize, Rows... others) {
    List<String> inputs =
        others.length == 0 ? List.of(vertex) : List.of(vertex, others[0].vertex());
    return next(call.network().vertex(call.name() + step, config, inputs), newSize);
  }

  private Rows layer(
      String step, Dl4jObject config, List<WeightRef> parameters, String input, long newSize) {
    String name = call.name() + step;
    return next(call.network().layer(name, config, parameters, input, null), newSize);
  }

  private Rows next(String newVertex, long newSize) {
    return new Rows(call, newVertex, newSize);
  }
}
