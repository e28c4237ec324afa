package io.github.weighbridge.api;

/**
 * A place where two models begin to compute something else: what stands before it is the same in
 * both.
 *
 * @param a what the first model has there, by the layer: {@code dense/matmul: MatMul[...]}
 * @param b what the second model has there
 */
public record Parting(String a, String b) {}
