package io.github.weighbridge.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/SUPPORT.md says what the code does; {@code -Dsupport.update=true} writes it anew. */
class SupportTableTest {

  private static final Path PAGE = Path.of("../docs/SUPPORT.md");

  @Test
  void isUpToDate() throws IOException {
    String current = SupportTable.text(Evidence.of(Path.of("../testdata")));
    if (Boolean.getBoolean("support.update")) {
      Files.writeString(PAGE, current);
    }
    assertThat(Files.readString(PAGE))
        .as(
            "docs/SUPPORT.md is out of date; write it anew with: ./mvnw test -pl conformance"
                + " -am -Dtest=SupportTableTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dsupport.update=true")
        .isEqualTo(current);
  }
}
