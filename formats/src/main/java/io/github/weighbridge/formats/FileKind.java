package io.github.weighbridge.formats;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.formats.archive.Archive;
import io.github.weighbridge.formats.archive.ArchiveEntry;
import io.github.weighbridge.formats.hdf5.Hdf5File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a file or folder is as a container, told by its content and never by its ending. */
public enum FileKind {
  /** HDF5: a Keras model, Keras weights, or something else. */
  HDF5("HDF5"),
  /** The zip of {@code model.save("m.keras")}. */
  KERAS_ZIP("a .keras archive"),
  /** The same, unzipped. */
  KERAS_FOLDER("an unzipped .keras folder"),
  /** JSON of any content. */
  JSON("JSON"),
  /** Text that is no JSON: YAML, if anything. */
  TEXT("text"),
  /** A zip written by DL4J's ModelSerializer. */
  DL4J_ZIP("a DL4J model"),
  /** The configuration of a DL4J model, of which the parameters are another file. */
  DL4J_JSON("a configuration of DL4J"),
  /** A zip of numpy arrays. */
  NPZ("an archive of numpy arrays"),
  /** A numpy array. */
  NPY("a numpy array"),
  /** A zip written by {@code torch.save}. */
  PYTORCH_ZIP("a PyTorch archive"),
  /** What {@code torch.save} wrote before PyTorch 1.6. */
  PYTORCH_LEGACY("a PyTorch pickle"),
  /** Tensors as Hugging Face keeps them. */
  SAFETENSORS("a safetensors file"),
  /** Weights of llama.cpp. */
  GGUF("a GGUF file"),
  /** MATLAB's own format, up to 7.2; later ones are HDF5. */
  MATLAB("a MATLAB file"),
  /** A compressed file of whatever content. */
  COMPRESSED("a compressed file"),
  /** An archive of files. */
  TAR("a tar archive"),
  /** What Git keeps in place of a large file that was not fetched. */
  GIT_LFS_POINTER("a Git LFS pointer"),
  /** HTML or XML, as a failed download leaves it. */
  MARKUP("a web page or XML"),
  /** No bytes at all. */
  EMPTY("an empty file"),
  /** Another zip. */
  ZIP("a zip of other content"),
  /** A Python pickle: a program, not data. */
  PICKLE("a Python pickle"),
  /** An ONNX model. */
  ONNX("an ONNX model"),
  /** A TensorFlow Lite model. */
  TFLITE("a TensorFlow Lite model"),
  /** A Core ML model. */
  CORE_ML("a Core ML model"),
  /** A graph of TensorFlow 1, as it was frozen. */
  TF_GRAPH("a TensorFlow graph"),
  /** The index of a TensorFlow checkpoint, or the text that names the latest. */
  TF_CHECKPOINT("a TensorFlow checkpoint"),
  /** A folder written by {@code tf.saved_model.save}. */
  SAVED_MODEL("a TensorFlow SavedModel folder"),
  /** Another folder. */
  FOLDER("a folder of other content"),
  /** Nothing that is known here. */
  UNKNOWN("no known format");

  private static final int HEAD_BYTES = 4096;
  private static final int TABLE_FOOTER_BYTES = 48;
  private static final long TABLE_MAGIC = 0xdb4775248b80fb57L;

  /** Properties that configurations of every version of DL4J begin with, and none of Keras. */
  private static final Pattern DL4J_KEYS =
      Pattern.compile("^\\{\\s*\"(backprop|backpropType|confs|networkInputs)\"\\s*:");

  private final String words;

  FileKind(String words) {
    this.words = words;
  }

  /** What it is, for people: behind "is". */
  public String words() {
    return words;
  }

  /** What to do for a file that Keras wrote, if there is something particular. */
  public String advice() {
    return switch (this) {
      case GIT_LFS_POINTER -> "fetch the file itself with 'git lfs pull'";
      case EMPTY, MARKUP -> "copy or download it again";
      case COMPRESSED, TAR -> "unpack it first";
      case TF_CHECKPOINT -> "load it in TensorFlow and save the model as .keras";
      case PYTORCH_ZIP,
          PYTORCH_LEGACY,
          SAFETENSORS,
          PICKLE,
          SAVED_MODEL,
          TFLITE,
          TF_GRAPH,
          CORE_ML,
          GGUF,
          MATLAB ->
          "save the model as .keras from its program";
      default -> "save the model with Keras: model.save('model.keras')";
    };
  }

  /**
   * The kind of a file or folder.
   *
   * @throws ProblemsException if it does not exist or cannot be read, or is a damaged zip
   */
  public static FileKind of(Path path) {
    if (Files.isDirectory(path)) {
      return ofFolder(path);
    }
    byte[] head;
    try (InputStream in = Files.newInputStream(path)) {
      head = in.readNBytes(HEAD_BYTES);
    } catch (IOException e) {
      throw Unreadable.because(Place.file(path.toString()), e);
    }
    return startsWith(head, 'P', 'K', 3, 4) || startsWith(head, 'P', 'K', 5, 6)
        ? ofZip(path)
        : isTable(path) ? TF_CHECKPOINT : ofBytes(head);
  }

  /** The index of a TensorFlow checkpoint ends as LevelDB's tables do. */
  private static boolean isTable(Path path) {
    try (SeekableByteChannel file = Files.newByteChannel(path)) {
      ByteBuffer end = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      if (file.size() < TABLE_FOOTER_BYTES) {
        return false;
      }
      file.position(file.size() - Long.BYTES);
      while (end.hasRemaining() && file.read(end) >= 0) {
        // The system may give less than is asked for.
      }
      return end.flip().remaining() == Long.BYTES && end.getLong() == TABLE_MAGIC;
    } catch (IOException e) {
      throw Unreadable.because(Place.file(path.toString()), e);
    }
  }

  private static FileKind ofFolder(Path path) {
    if (Files.exists(path.resolve("saved_model.pb"))) {
      return SAVED_MODEL;
    }
    return Files.exists(path.resolve("config.json")) ? KERAS_FOLDER : FOLDER;
  }

  private static FileKind ofZip(Path path) {
    try (Archive archive = Archive.open(path)) {
      if (archive.entry("config.json").isPresent()) {
        return KERAS_ZIP;
      }
      if (archive.entry("configuration.json").isPresent()) {
        return DL4J_ZIP;
      }
      List<String> names = archive.entries().stream().map(ArchiveEntry::name).toList();
      if (names.stream().anyMatch(name -> name.endsWith("/data.pkl"))) {
        return PYTORCH_ZIP;
      }
      return names.stream().allMatch(name -> name.endsWith(".npy")) ? NPZ : ZIP;
    } catch (IOException e) {
      throw Unreadable.because(Place.file(path.toString()), e);
    }
  }

  private static FileKind ofBytes(byte[] head) {
    if (head.length == 0) {
      return EMPTY;
    }
    if (isHdf5(head)) {
      return HDF5;
    }
    return Signature.kind(head).or(() -> ofMessage(head)).orElseGet(() -> ofText(head));
  }

  /** Formats that have no signature, by what every file of theirs begins with. */
  private static Optional<FileKind> ofMessage(byte[] head) {
    if (head.length < 10) {
      return Optional.empty();
    }
    // A version as first field (1, varint), then producer, opset or graph (2, 7 or 8); Core ML's
    // second field is a message, ONNX's a name.
    if (head[0] == 0x08 && head[1] > 0 && head[1] < 32 && head[2] > 0x0a) {
      return Optional.of(head[2] == 0x12 && head[4] < ' ' ? CORE_ML : ONNX);
    }
    // The first node (1) of a graph, whose first field (1) is its name.
    if (head[0] == 0x0a && head[1] > 4 && head[2] == 0x0a && head[3] > 0 && head[4] > ' ') {
      return Optional.of(TF_GRAPH);
    }
    // The length of a JSON object, which follows.
    long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return length > 1 && length < 1L << 32 && head[8] == '{' && head[9] == '"'
        ? Optional.of(SAFETENSORS)
        : Optional.empty();
  }

  /** The signature is at byte 0 or, behind a user block, at 512, 1024, 2048... */
  private static boolean isHdf5(byte[] head) {
    for (int at = 0; at < head.length; at = at == 0 ? 512 : at * 2) {
      if (Hdf5File.isHdf5(ByteBuffer.wrap(head, at, head.length - at))) {
        return true;
      }
    }
    return false;
  }

  private static FileKind ofText(byte[] head) {
    String text;
    try {
      // The head may end inside a character: what is incomplete at its end does not count.
      var decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
      text =
          decoder
              .decode(ByteBuffer.wrap(head, 0, head.length - incompleteEnd(head)))
              .toString()
              .strip();
    } catch (CharacterCodingException e) {
      return UNKNOWN;
    }
    if (text.isEmpty() || text.indexOf(0) >= 0) {
      return UNKNOWN;
    }
    char first = text.charAt(0) == '\ufeff' && text.length() > 1 ? text.charAt(1) : text.charAt(0);
    return switch (first) {
      case '{', '[' -> DL4J_KEYS.matcher(text).find() ? DL4J_JSON : JSON;
      case '<' -> MARKUP;
      default -> TEXT;
    };
  }

  private static int incompleteEnd(byte[] head) {
    int count = 0;
    if (head.length == HEAD_BYTES) {
      while (count < 4 && (head[head.length - 1 - count] & 0xc0) == 0x80) {
        count++;
      }
      count += head[head.length - 1 - count] < 0 ? 1 : 0;
    }
    return count;
  }

  private static boolean startsWith(byte[] head, int... bytes) {
    if (head.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (head[i] != (byte) bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
