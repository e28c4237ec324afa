package io.github.weighbridge.core.op;

/**
 * An operation on text, or with a table: operands and results may be strings, and the sizes of
 * results may depend on elements. What it makes is numbers again, or goes out of the graph. The
 * reference evaluator knows numbers only: these are tested against what TensorFlow computes.
 */
public sealed interface TextOperation extends Operation
    permits FeatureCross, HashBucket, Lookup, StandardizeText, Tokenize {}
