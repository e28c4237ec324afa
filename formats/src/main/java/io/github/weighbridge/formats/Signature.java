package io.github.weighbridge.formats;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Bytes that files of a kind have at a fixed place.
 *
 * @param at where, from the start of the file
 * @param bytes as Latin-1
 */
record Signature(FileKind kind, int at, String bytes) {

  /** The first that fits counts: legacy PyTorch files are pickles too. */
  private static final List<Signature> ALL =
      List.of(
          of(FileKind.NPY, 0, 0x93, 'N', 'U', 'M', 'P', 'Y'),
          of(FileKind.TFLITE, 4, 'T', 'F', 'L', '3'),
          // The pickle of PyTorch's magic number.
          of(FileKind.PYTORCH_LEGACY, 0, 0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9),
          of(FileKind.PICKLE, 0, 0x80, 2),
          of(FileKind.PICKLE, 0, 0x80, 3),
          of(FileKind.PICKLE, 0, 0x80, 4),
          of(FileKind.PICKLE, 0, 0x80, 5),
          of(FileKind.COMPRESSED, 0, 0x1f, 0x8b),
          of(FileKind.COMPRESSED, 0, 0xfd, '7', 'z', 'X', 'Z', 0),
          of(FileKind.COMPRESSED, 0, 'B', 'Z', 'h'),
          of(FileKind.COMPRESSED, 0, 0x28, 0xb5, 0x2f, 0xfd),
          of(FileKind.COMPRESSED, 0, '7', 'z', 0xbc, 0xaf, 0x27, 0x1c),
          of(FileKind.COMPRESSED, 0, 'R', 'a', 'r', '!', 0x1a),
          of(FileKind.TAR, 257, 'u', 's', 't', 'a', 'r'),
          of(FileKind.GGUF, 0, 'G', 'G', 'U', 'F'),
          text(FileKind.MATLAB, "MATLAB 5.0 MAT-file"),
          text(FileKind.GIT_LFS_POINTER, "version https://git-lfs"),
          text(FileKind.TF_CHECKPOINT, "model_checkpoint_path:"));

  private static Signature of(FileKind kind, int at, int... bytes) {
    StringBuilder text = new StringBuilder();
    for (int b : bytes) {
      text.append((char) b);
    }
    return new Signature(kind, at, text.toString());
  }

  private static Signature text(FileKind kind, String text) {
    return new Signature(kind, 0, text);
  }

  /** What the first bytes of a file say it is. */
  static Optional<FileKind> kind(byte[] head) {
    return ALL.stream().filter(s -> s.isIn(head)).map(Signature::kind).findFirst();
  }

  private boolean isIn(byte[] head) {
    return head.length >= at + bytes.length()
        && new String(head, at, bytes.length(), StandardCharsets.ISO_8859_1).equals(bytes);
  }
}
