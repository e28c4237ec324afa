package io.github.weighbridge.formats;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.formats.archive.Archive;
import io.github.weighbridge.formats.archive.ArchiveEntry;
import io.github.weighbridge.formats.hdf5.Hdf5File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

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
  /** A zip of numpy arrays. */
  NPZ("an archive of numpy arrays"),
  /** A numpy array. */
  NPY("a numpy array"),
  /** A zip written by {@code torch.save}. */
  PYTORCH_ZIP("a PyTorch archive"),
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
  /** A folder written by {@code tf.saved_model.save}. */
  SAVED_MODEL("a TensorFlow SavedModel folder"),
  /** Another folder. */
  FOLDER("a folder of other content"),
  /** Nothing that is known here. */
  UNKNOWN("no known format");

  private static final int HEAD_BYTES = 4096;

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
      case PYTORCH_ZIP, PICKLE, SAVED_MODEL, TFLITE -> "save the model as .keras from its program";
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
        : ofBytes(head);
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
    if (startsWith(head, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
      return NPY;
    }
    if (head.length > 8 && startsWith(Arrays.copyOfRange(head, 4, 8), 'T', 'F', 'L', '3')) {
      return TFLITE;
    }
    if (head.length > 1 && head[0] == (byte) 0x80 && head[1] >= 2 && head[1] <= 5) {
      return PICKLE;
    }
    // ir_version as first field (1, varint) and then opset, producer or graph (2, 7 or 8).
    if (head.length > 3 && head[0] == 0x08 && head[1] > 0 && head[1] < 32 && head[2] > 0x0a) {
      return ONNX;
    }
    return ofText(head);
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
    if (text.startsWith("version https://git-lfs")) {
      return GIT_LFS_POINTER;
    }
    return switch (first) {
      case '{', '[' -> JSON;
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
