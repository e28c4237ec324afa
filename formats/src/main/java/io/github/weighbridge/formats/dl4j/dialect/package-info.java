/**
 * DL4J's configurations of every version, in the words of 1.0.0-M2.1. Tree to tree, one class for
 * each generation of words; what a file already says in later words is left alone.
 */
@NullMarked
package io.github.weighbridge.formats.dl4j.dialect;

import org.jspecify.annotations.NullMarked;
