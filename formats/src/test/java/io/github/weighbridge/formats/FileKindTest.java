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
    "'<!DOCTYPE html>',MARKUP",
    "'version https://git-lfs.github.com/spec/v1',GIT_LFS_POINTER",
    "'[1]',JSON"
  })
  void tellsByFirstBytes(String head, FileKind kind) throws IOException {
    Path file = Files.write(temp.resolve("f"), head.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(FileKind.of(file)).isEqualTo(kind);
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
