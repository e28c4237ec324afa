package io.github.weighbridge.formats.keras;

/**
 * Weights by layer, as HDF5 files of Keras 1, 2 and 3's legacy form hold them.
 *
 * @param weights under the names that the reading Keras expects: {@code dense/kernel:0} (2), {@code
 *     sequential/dense/kernel} (3)
 * @param kerasVersion what they claim to be written by: how they are read depends on it
 * @param backend of that Keras: {@code tensorflow}, {@code theano}...
 */
public record KerasHdf5Weights(KerasWeights.ByLayer weights, String kerasVersion, String backend) {}
