package io.github.weighbridge.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.weighbridge.core.problem.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabulariesTest {

  @TempDir Path folder;

  @Test
  void linesAreTerms() throws IOException {
    Path object = Files.createDirectories(folder.resolve("assets/layers/model/layers/lookup"));
    Files.writeString(object.resolve("vocabulary.txt"), "\n[UNK]\r\n鷺\n a b\n\n");
    Files.writeString(object.resolve("other.txt"), "nothing");
    assertThat(Vocabularies.of(folder))
        .isEqualTo(Map.of("layers/model/layers/lookup", List.of("", "[UNK]", "鷺", " a b")));
  }

  @Test
  void otherBytesAreNoText() throws IOException {
    Path object = Files.createDirectories(folder.resolve("assets/lookup"));
    Path file = Files.write(object.resolve("vocabulary.txt"), new byte[] {'a', (byte) 0xff});
    assertThatThrownBy(() -> Vocabularies.of(folder))
        .isInstanceOf(ProblemsException.class)
        .hasMessage(file + ": must hold text in UTF-8, found other bytes; save the model again");
  }

  @Test
  void foldersNeedNoAssets() throws IOException {
    assertThat(Vocabularies.of(folder)).isEmpty();
  }
}
