/**
 * ONNX files: what they hold as plain records, and a writer that streams.
 *
 * <h2>The file</h2>
 *
 * One protobuf message, {@code ModelProto} of {@code onnx.proto}: the revision of the messages
 * ({@code ir_version}), of the operators ({@code opset_import}), free metadata, and one graph. A
 * graph holds nodes in topological order, named constants (initializers) and the types of the
 * values at its borders; values are known by name, each name is given once.
 *
 * <h2>How it is laid out here</h2>
 *
 * Protobuf leaves the order of fields free; this writer uses:
 *
 * <pre>
 * model   08 ir_version, 12 producer_name, 1a producer_version, 42 opset_import, 72 metadata_props...
 *         3a varint(graph length)
 * graph     nodes, name, inputs, outputs       (protobuf-java writes these few kilobytes)
 *           2a varint(tensor length)           for each initializer, in the order of the model
 * tensor      dims, data_type, name
 *             4a varint(byte count) bytes      raw_data: little-endian, row-major, without gaps
 * </pre>
 *
 * A length stands before what it measures, so sizes are computed first and bytes go second. The
 * bytes of {@code raw_data} never pass through protobuf, whose messages would hold them in memory:
 * they go from the weight to the file, file to file where they stand in one already.
 *
 * <h2>Large models</h2>
 *
 * A protobuf message has less than 2 GiB. Beyond {@link
 * io.github.weighbridge.formats.onnx.OnnxWriter#INLINE_LIMIT} the bytes of every initializer of
 * 1024 bytes or more stand in a second file beside, {@code model.onnx.data} for {@code model.onnx};
 * the tensor names it in {@code external_data} with {@code location} (the bare file name), {@code
 * offset} (a multiple of 4096, so that it can be mapped) and {@code length}, both decimal. No other
 * key stands there: ONNX Runtime refuses those that it does not know.
 *
 * <p>The same model gives the same bytes: no time, no machine, attributes and metadata by name.
 */
@NullMarked
package io.github.weighbridge.formats.onnx;

import org.jspecify.annotations.NullMarked;
