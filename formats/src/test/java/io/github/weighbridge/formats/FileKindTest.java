package io.github.weighbridge.formats;

import static io.github.weighbridge.formats.Resources.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.formats.archive.ArchiveEntry.Method;
import io.github.weighbridge.formats.archive.ArchiveWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileKindTest {

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "keras/keras3_sequential.keras,KERAS_ZIP",
    "keras/keras3_sequential.h5,HDF5",
    "keras/tfkeras_functional.json,JSON",
    "keras/yaml_keras1.yaml,TEXT",
    "hdf5/userblock.h5,HDF5",
    "npy/types.npz,NPZ",
    "npy/v2.npy,NPY",
    "npy,FOLDER"
  })
  void tellsByContent(String name, FileKind kind) {
    assertThat(FileKind.of(path(name))).isEqualTo(kind);
  }

  /** First bytes as Latin-1, as other programs write them. */
  @ParameterizedTest
  @CsvSource({
    "'\u0080\u0004\u0095',PICKLE",
    "'\b\u0008\u0012\u0007pytorch',ONNX",
    "'\u001c\u0000\u0000\u0000TFL3\u0000',TFLITE",
    "'\u0000\u0001\u0002',UNKNOWN",
    "'\u00ff\u00fe',UNKNOWN",
    "'',EMPTY",
    "'\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019',PYTORCH_LEGACY",
    "'8\u0000\u0000\u0000\u0000\u0000\u0000\u0000{\"dense\": ',SAFETENSORS",
    "'GGUF\u0003\u0000\u0000\u0000',GGUF",
    "'MATLAB 5.0 MAT-file, Platform: GLNXA64',MATLAB",
    "'\u001f\u008b\b\u0000',COMPRESSED",
    "'\u00fd7zXZ\u0000\u0000',COMPRESSED",
    "'BZh91AY',COMPRESSED",
    "'(\u00b5/\u00fd\u0004',COMPRESSED",
    "'\b\u0005\u0012\u0084\u0001\n\u0010\n\u0005input',CORE_ML",
    "'\n;\n\u0001x\u0012\u000bPlaceholder*',TF_GRAPH",
    "'model_checkpoint_path: \"w\"',TF_CHECKPOINT",
    "'<!DOCTYPE html>',MARKUP",
    "'version https://git-lfs.github.com/spec/v1',GIT_LFS_POINTER",
    "'[1]',JSON"
  })
  void tellsByFirstBytes(String head, FileKind kind) throws IOException {
    Path file = Files.write(temp.resolve("f"), head.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(FileKind.of(file)).isEqualTo(kind);
  }

  @Test
  void tellsByWhatDoesNotStandAtTheStart() throws IOException {
    byte[] tar = new byte[512];
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
    assertThat(FileKind.of(Files.write(temp.resolve("t"), tar))).isEqualTo(FileKind.TAR);
    byte[] table = new byte[56];
    byte[] footer = {0x57, (byte) 0xfb, (byte) 0x80, (byte) 0x8b, 0x24, 0x75, 0x47, (byte) 0xdb};
    System.arraycopy(footer, 0, table, 48, 8);
    assertThat(FileKind.of(Files.write(temp.resolve("i"), table)))
        .isEqualTo(FileKind.TF_CHECKPOINT);
  }

  @ParameterizedTest
  @CsvSource({
    "configuration.json,DL4J_ZIP",
    "archive/data.pkl,PYTORCH_ZIP",
    "a.npy,NPZ",
    "readme,ZIP"
  })
  void tellsZipsByEntries(String entry, FileKind kind) throws IOException {
    Path zip = temp.resolve("z");
    try (ArchiveWriter writer = ArchiveWriter.create(zip)) {
      writer.write(entry, Method.STORED, new byte[1]);
      writer.finish();
    }
    assertThat(FileKind.of(zip)).isEqualTo(kind);
  }

  @Test
  void tellsFolders() throws IOException {
    Files.createFile(temp.resolve("config.json"));
    assertThat(FileKind.of(temp)).isEqualTo(FileKind.KERAS_FOLDER);
    Files.createFile(temp.resolve("saved_model.pb"));
    assertThat(FileKind.of(temp)).isEqualTo(FileKind.SAVED_MODEL);
  }
}
