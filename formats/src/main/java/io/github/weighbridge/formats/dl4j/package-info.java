/**
 * DL4J's native archive, as {@code ModelSerializer} of DL4J 1.0.0-M2.1 writes and reads it.
 *
 * <h2>The zip</h2>
 *
 * <table>
 *   <caption>Entries, in the order in which DL4J writes them</caption>
 *   <tr><td>{@code configuration.json}</td><td>the configuration, UTF-8</td></tr>
 *   <tr><td>{@code coefficients.bin}</td><td>one ND array: every parameter, in one vector</td></tr>
 *   <tr><td>{@code updaterState.bin}</td><td>one ND array, if there is an updater with state</td></tr>
 * </table>
 *
 * <p>DL4J reads each entry into a byte array, so none may have 2 GiB; order and compression are
 * free. Nothing tells a MultiLayerNetwork from a ComputationGraph but the configuration: {@code
 * confs} against {@code vertices} with {@code networkInputs}.
 *
 * <h2>The ND array</h2>
 *
 * <p>Two data buffers, one behind the other: the shape information, then the elements. Everything
 * is big-endian; {@code UTF} is Java's {@code writeUTF} (two bytes of length, then the text).
 *
 * <pre>
 *   UTF   allocation mode   "MIXED_DATA_TYPES"; older files: DIRECT, HEAP, JAVACPP, LONG_SHAPE
 *   i64   element count     (i32 with DIRECT, HEAP and JAVACPP)
 *   UTF   data type         "LONG" for the shape information; "FLOAT", "DOUBLE", "HALF", "BFLOAT16"
 *   ...   elements          without padding
 * </pre>
 *
 * <p>The shape information is {@code 2 rank + 4} whole numbers: rank, shape, strides in elements,
 * flags, element-wise stride, order ({@code 'c'} is 99, {@code 'f'} is 102). Of the flags only
 * those of the data type matter here: FLOAT 8192, DOUBLE 16384, HALF 4096, BFLOAT16 2048; EMPTY (8)
 * is added for an array without elements, whose strides are 0. Parameters are of rank 1: {@code [1,
 * n, 1, flags, 1, 99]}; the elements of a FLOAT vector begin at byte 113.
 *
 * <h2>The configuration</h2>
 *
 * <p>JSON as Jackson prints it, with an object's class as its first member {@code @class} and the
 * others sorted by name; numbers that are none stand as strings ({@code "NaN"}). The order counts:
 * DL4J's setters of a Bidirectional need {@code bwd} and {@code fwd} before {@code layerName}.
 */
@NullMarked
package io.github.weighbridge.formats.dl4j;

import org.jspecify.annotations.NullMarked;
