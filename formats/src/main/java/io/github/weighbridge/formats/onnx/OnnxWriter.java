package io.github.weighbridge.formats.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.OutputFile;
import io.github.weighbridge.formats.PlacedWeights;
import io.github.weighbridge.formats.onnx.proto.TensorProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes ONNX files as the package describes them. Needs memory for the nodes and one tile of
 * {@link WeightRef#TILE_BYTES}, whatever the weights take. Thread-safe.
 */
public final class OnnxWriter {

  /** Above this many bytes weights stand in a file of their own: some way under 2 GiB. */
  public static final long INLINE_LIMIT = 1_900_000_000L;

  /** Smaller tensors stay in the model, where shape inference can see them. */
  private static final long EXTERNAL_FROM = 1024;

  /** A page: readers map external data. */
  private static final long ALIGNMENT = 4096;

  private static final int GRAPH_TAG = 0x3A;
  private static final int INITIALIZER_TAG = 0x2A;
  private static final int RAW_DATA_TAG = 0x4A;

  private final long inlineLimit;

  private OnnxWriter(long inlineLimit) {
    this.inlineLimit = inlineLimit;
  }

  /**
   * Writes a model to a file, which appears whole or not at all. A model above {@link
   * #INLINE_LIMIT} gets a second file, the target's name with {@code .data}.
   *
   * @throws ProblemsException if the target cannot be written or the model is too large even so
   * @throws IOException if writing, or reading the weights, fails on the way
   */
  public static void write(OnnxModel model, Path target) throws IOException {
    new OnnxWriter(INLINE_LIMIT).writeFiles(model, target);
  }

  /** Writes with another limit, for tests. */
  static void write(OnnxModel model, Path target, long inlineLimit) throws IOException {
    new OnnxWriter(inlineLimit).writeFiles(model, target);
  }

  /** An initializer: what stands before its bytes, and where these go. */
  private record Entry(
      ByteString head, WeightRef weight, long length, boolean inline, long offset) {

    /** The bytes that it takes within the model. */
    long inlineLength() {
      return inline ? length : 0;
    }
  }

  /** A file's two parts before the initializers, and these. */
  private record Layout(ByteString front, List<Entry> entries, long total) {}

  private void writeFiles(OnnxModel model, Path target) throws IOException {
    Path file = target.toAbsolutePath();
    Layout inline = layout(model, "");
    if (inline.total() <= inlineLimit) {
      try (OutputFile output = OutputFile.create(file)) {
        writeModel(inline, output.channel());
        output.commit();
      }
      return;
    }
    Path dataFile = file.resolveSibling(file.getFileName() + ".data");
    Layout split = layout(model, dataFile.getFileName().toString());
    if (split.total() > inlineLimit) {
      throw tooLarge(target, split.total(), inlineLimit);
    }
    try (OutputFile output = OutputFile.create(file);
        OutputFile data = OutputFile.create(dataFile)) {
      writeData(split, data.channel());
      writeModel(split, output.channel());
      // The model last: whoever sees it finds its data.
      data.commit();
      output.commit();
    }
  }

  /** Computes every length; weights go to the file {@code external} unless that is empty. */
  private static Layout layout(OnnxModel model, String external) {
    byte[] graph = OnnxMessages.graphWithoutInitializers(model.graph()).toByteArray();
    List<Entry> entries = new ArrayList<>();
    long graphLength = graph.length;
    long offset = 0;
    for (Map.Entry<String, WeightRef> initializer : model.graph().initializers().entrySet()) {
      WeightRef weight = initializer.getValue();
      boolean inline = external.isEmpty() || weight.byteCount() < EXTERNAL_FROM;
      TensorProto.Builder tensor = OnnxMessages.tensorWithoutData(initializer.getKey(), weight);
      if (!inline) {
        addLocation(tensor, external, offset, weight.byteCount());
      }
      Entry entry = entry(tensor.build(), weight, inline, offset);
      entries.add(entry);
      graphLength =
          Math.addExact(graphLength, Math.addExact(entry.head().size(), entry.inlineLength()));
      if (!inline) {
        long end = Math.addExact(offset, weight.byteCount());
        offset = Math.multiplyExact(Math.addExact(end, ALIGNMENT - 1) / ALIGNMENT, ALIGNMENT);
      }
    }
    byte[] head = OnnxMessages.modelWithoutGraph(model).toByteArray();
    long length = graphLength;
    ByteString front =
        encoded(
            out -> {
              out.writeRawBytes(head);
              out.writeUInt32NoTag(GRAPH_TAG);
              out.writeUInt64NoTag(length);
              out.writeRawBytes(graph);
            });
    return new Layout(front, entries, Math.addExact(front.size(), graphLength - graph.length));
  }

  private static void addLocation(
      TensorProto.Builder tensor, String file, long offset, long length) {
    tensor
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(OnnxMessages.entry("location", file))
        .addExternalData(OnnxMessages.entry("offset", Long.toString(offset)))
        .addExternalData(OnnxMessages.entry("length", Long.toString(length)));
  }

  private static Entry entry(TensorProto tensor, WeightRef weight, boolean inline, long offset) {
    byte[] description = tensor.toByteArray();
    long length = weight.byteCount();
    // An array without elements must not have a data field, not even an empty one.
    boolean hasData = inline && length > 0;
    long tensorLength =
        hasData
            ? Math.addExact(
                description.length + 1L + CodedOutputStream.computeUInt64SizeNoTag(length), length)
            : description.length;
    ByteString head =
        encoded(
            out -> {
              out.writeUInt32NoTag(INITIALIZER_TAG);
              out.writeUInt64NoTag(tensorLength);
              out.writeRawBytes(description);
              if (hasData) {
                out.writeUInt32NoTag(RAW_DATA_TAG);
                out.writeUInt64NoTag(length);
              }
            });
    return new Entry(head, weight, length, inline, offset);
  }

  private static void writeModel(Layout layout, FileChannel channel) throws IOException {
    writeFully(channel, layout.front());
    try (PlacedWeights weights = new PlacedWeights(channel)) {
      for (Entry entry : layout.entries()) {
        writeFully(channel, entry.head());
        if (entry.inline()) {
          weights.write(entry.weight());
        }
      }
      weights.finish();
    }
  }

  private static void writeData(Layout layout, FileChannel channel) throws IOException {
    try (PlacedWeights weights = new PlacedWeights(channel)) {
      for (Entry entry : layout.entries()) {
        if (!entry.inline()) {
          // The gap before reads as zeros.
          channel.position(entry.offset());
          weights.write(entry.weight());
        }
      }
      weights.finish();
    }
  }

  private static void writeFully(FileChannel channel, ByteString bytes) throws IOException {
    ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Writes protobuf's primitives. */
  @FunctionalInterface
  private interface Encoding {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  private static ByteString encoded(Encoding encoding) {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      encoding.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteString();
  }

  private static ProblemsException tooLarge(Path target, long total, long limit) {
    return ProblemsException.of(
        ProblemCode.TARGET_LIMIT,
        Place.file(target.toString()),
        "must have less than " + limit + " bytes besides its weights",
        total + " bytes",
        "split the model");
  }
}
