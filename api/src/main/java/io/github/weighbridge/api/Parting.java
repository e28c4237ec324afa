package io.github.weighbridge.api;

/**
 * A place where two models compute something else: what stands behind it, up to the outputs, is the
 * same in both.
 *
 * @param a what the first model has there, by the layer: {@code dense/matmul: MatMul[...]}
 * @param b what the second model has there
 */
public record Parting(String a, String b) {}
