package io.github.weighbridge.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checksum of pieces against the JDK's of the whole. */
class PlacedChecksumTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void piecesInAnyOrderGiveThatOfTheWhole(long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[1 + random.nextInt(100_000)];
    random.nextBytes(bytes);
    long begin = random.nextLong(1L << 40);
    List<int[]> pieces = new ArrayList<>();
    for (int at = 0; at < bytes.length; ) {
      int end = Math.min(bytes.length, at + random.nextInt(2000));
      pieces.add(new int[] {at, end});
      at = end;
    }
    Collections.shuffle(pieces, random);
    PlacedChecksum checksum = new PlacedChecksum();
    pieces.parallelStream()
        .forEach(
            piece ->
                checksum.update(
                    begin + piece[0], ByteBuffer.wrap(bytes, piece[0], piece[1] - piece[0])));
    CRC32 expected = new CRC32();
    expected.update(bytes);
    assertThat(checksum.value()).isEqualTo(expected.getValue());
    assertThat(checksum.length()).isEqualTo(bytes.length);
  }

  @Test
  void nothingHasTheOneOfNothing() {
    PlacedChecksum checksum = new PlacedChecksum();
    checksum.update(5, ByteBuffer.allocate(0));
    assertThat(checksum.value()).isEqualTo(new CRC32().getValue());
  }

  @Test
  void missingBytesAreNoticed() {
    PlacedChecksum checksum = new PlacedChecksum();
    checksum.update(0, ByteBuffer.allocate(3));
    checksum.update(4, ByteBuffer.allocate(3));
    assertThatIllegalStateException().isThrownBy(checksum::value).withMessageContaining("4");
  }
}
