package io.github.weighbridge.formats.npy;

import static io.github.weighbridge.formats.Resources.path;
import static io.github.weighbridge.formats.Resources.refusals;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {

  private static final Path FOLDER = path("npy");

  @TempDir Path temp;

  private static Tensor array(Map<String, Tensor> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  @ParameterizedTest
  @CsvSource({
    "f2,FLOAT16",
    "f4,FLOAT32",
    "f8,FLOAT64",
    "i1,INT8",
    "i2,INT16",
    "i4,INT32",
    "i8,INT64",
    "u1,UINT8",
    "u2,UINT16",
    "u4,UINT32",
    "u8,UINT64"
  })
  void readsNumbersOfBothByteOrders(String code, DataType dtype) {
    Map<String, Tensor> arrays = Npz.read(FOLDER.resolve("types.npz"));
    for (String name : new String[] {"le_" + code, "be_" + code}) {
      Tensor array = array(arrays, name);
      assertThat(array.dtype()).isEqualTo(dtype);
      assertThat(array.sizes()).containsExactly(2, 3);
      assertThat(array.doubles()).containsExactly(0, 1, 2, 3, 4, 5);
    }
  }

  @Test
  void readsOtherTypesAndOrders() {
    Map<String, Tensor> arrays = Npz.read(FOLDER.resolve("types.npz"));
    assertThat(array(arrays, "bool").longs()).containsExactly(0, 0, 0, 1, 1, 1);
    assertThat(array(arrays, "fortran").doubles()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(array(arrays, "text").strings()).containsExactly("a", "größe", "𝄞");
    assertThat(array(arrays, "text").sizes()).containsExactly(1, 3);
    assertThat(array(arrays, "text_be").strings()).containsExactly("ab", "");
    assertThat(array(arrays, "scalar").sizes()).isEmpty();
    assertThat(array(arrays, "scalar").floats()).containsExactly(2.5f);
    assertThat(array(arrays, "empty").sizes()).containsExactly(0, 3);
  }

  @Test
  void keepsFileOrderAndReadsCompressedOnes() {
    assertThat(Npz.read(FOLDER.resolve("compressed.npz")).keySet())
        .containsExactly("arr_0", "arr_1");
    assertThat(Npz.read(FOLDER.resolve("types.npz")).keySet()).startsWith("le_f2", "be_f2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v2.npy", "v3.npy"})
  void readsNewerFormats(String name) {
    assertThat(Npy.read(FOLDER.resolve(name)).doubles()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void writesTheBytesThatNumpyWrites() throws IOException {
    Path numpys = FOLDER.resolve("positional.npz");
    Map<String, Tensor> arrays = Npz.read(numpys);
    Npz.write(temp.resolve("ours.npz"), arrays);
    Map<String, Tensor> again = Npz.read(temp.resolve("ours.npz"));
    assertThat(again.keySet()).containsExactly("arr_0", "arr_1");
    for (String name : arrays.keySet()) {
      assertThat(array(again, name).type()).isEqualTo(array(arrays, name).type());
      assertThat(array(again, name).bytes()).isEqualTo(array(arrays, name).bytes());
    }
    Npy.write(temp.resolve("a.npy"), Npy.read(FOLDER.resolve("v2.npy")));
    byte[] ours = Files.readAllBytes(temp.resolve("a.npy"));
    byte[] v2 = Files.readAllBytes(FOLDER.resolve("v2.npy"));
    assertThat(Arrays.copyOfRange(ours, 10, 60)).isEqualTo(Arrays.copyOfRange(v2, 12, 62));
  }

  @Test
  void roundTripsEverything() {
    Map<String, Tensor> arrays = new LinkedHashMap<>(Npz.read(FOLDER.resolve("types.npz")));
    arrays.put("names/with/größe", Tensor.of(new int[] {1}, 1));
    Path file = temp.resolve("all.npz");
    Npz.write(file, arrays);
    Map<String, Tensor> again = Npz.read(file);
    assertThat(again.keySet()).containsExactlyElementsOf(arrays.keySet());
    arrays.forEach(
        (name, array) -> {
          assertThat(array(again, name).type()).isEqualTo(array.type());
          if (array.dtype() == DataType.STRING) {
            assertThat(array(again, name).strings()).containsExactly(array.strings());
          } else {
            assertThat(array(again, name).bytes()).isEqualTo(array.bytes());
          }
        });
  }

  @Test
  void writesBfloat16AsFloat32() {
    Path file = temp.resolve("b.npz");
    Npz.write(file, Map.of("a", Tensor.filled(DataType.BFLOAT16, 1.5, 2)));
    Tensor read = array(Npz.read(file), "a");
    assertThat(read.dtype()).isEqualTo(DataType.FLOAT32);
    assertThat(read.floats()).containsExactly(1.5f, 1.5f);
  }

  @Test
  void refusesTypesOfOthers() {
    assertThat(refusals(FOLDER, () -> Npy.read(FOLDER.resolve("object.npy"))))
        .containsExactly(
            "CODE_REFUSED object.npy: must hold numbers or text, found Python objects, whose pickles"
                + " are programs; save the array with a dtype of its own");
    assertThat(refusals(FOLDER, () -> Npy.read(FOLDER.resolve("record.npy"))))
        .containsExactly(
            "DTYPE_UNSUPPORTED record.npy: must hold elements of a type that Keras has, found"
                + " numpy's a record; cast the array before saving it");
    assertThat(refusals(FOLDER, () -> Npy.read(FOLDER.resolve("dates.npy"))))
        .containsExactly(
            "DTYPE_UNSUPPORTED dates.npy: must hold elements of a type that Keras has, found"
                + " numpy's <M8[s]; cast the array before saving it");
    assertThat(refusals(FOLDER, () -> Npy.read(FOLDER.resolve("none.npy"))))
        .containsExactly(
            "FILE_UNREADABLE none.npy: must be a file that can be read, found no"
                + " such file; check its name");
  }

  @Test
  void refusesDamage() throws IOException {
    byte[] whole = Files.readAllBytes(FOLDER.resolve("v2.npy"));
    Path cut = Files.write(temp.resolve("cut.npy"), Arrays.copyOf(whole, whole.length - 1));
    assertThat(refusals(temp, () -> Npy.read(cut)))
        .containsExactly(
            "FILE_MALFORMED cut.npy: must have 24 bytes behind its header, found 23; the file is"
                + " truncated or damaged; save it again");
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    Path huge =
        Files.write(
            temp.resolve("huge.npy"),
            text.replace("(2, 3), }   ", "(9999999999, 9999999999), }")
                .getBytes(StandardCharsets.ISO_8859_1));
    assertThat(refusals(temp, () -> Npy.read(huge)).get(0))
        .startsWith("FILE_MALFORMED huge.npy: must");
    for (int length = 0; length < whole.length; length++) {
      Path part = Files.write(temp.resolve("part.npy"), Arrays.copyOf(whole, length));
      assertThat(refusals(temp, () -> Npy.read(part))).hasSize(1);
    }
  }

  @Test
  void truncatedArchivesAreRefused() throws IOException {
    byte[] whole = Files.readAllBytes(FOLDER.resolve("types.npz"));
    for (int length = 0; length < whole.length; length += 97) {
      Path part = Files.write(temp.resolve("part.npz"), Arrays.copyOf(whole, length));
      assertThat(refusals(temp, () -> Npz.read(part))).hasSize(1);
    }
  }

  @Test
  void damagedArchivesAreReadOrRefused() throws IOException {
    byte[] whole = Files.readAllBytes(FOLDER.resolve("types.npz"));
    for (int at = 0; at < whole.length; at += 3) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) 0x81;
      Path file = Files.write(temp.resolve("damaged.npz"), damaged);
      try {
        assertThat(Npz.read(file)).isNotNull();
      } catch (ProblemsException expected) {
        assertThat(expected.problems()).isNotEmpty();
      }
    }
  }

  @Test
  void leavesNothingBehindWhenAnArrayCannotBeWritten() throws IOException {
    Tensor tensor = Tensor.filled(DataType.FLOAT8_E5M2, 0, 1);
    assertThat(refusals(temp, () -> Npz.write(temp.resolve("f.npz"), Map.of("a", tensor))))
        .containsExactly(
            "DTYPE_UNSUPPORTED must have a type that numpy has, found float8_e5m2; cast the array to"
                + " float32");
    try (var files = Files.list(temp)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void writesWeights() {
    Path path = temp.resolve("w.npz");
    WeightRef kernel = WeightRef.of(Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    weights.put("dense/kernel:0", kernel);
    weights.put("größe", kernel.transposed(1, 0));
    weights.put("half", kernel.cast(DataType.BFLOAT16));
    weights.put("step", WeightRef.filled(DataType.INT64, 7));
    weights.put("none", WeightRef.filled(DataType.FLOAT16, 0, 0, 4));
    Npz.writeWeights(path, weights);
    Map<String, Tensor> arrays = Npz.read(path);
    assertThat(arrays.keySet()).containsExactlyElementsOf(weights.keySet());
    assertThat(array(arrays, "dense/kernel:0").floats()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(array(arrays, "größe").sizes()).containsExactly(3, 2);
    assertThat(array(arrays, "größe").floats()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(array(arrays, "half").dtype()).isEqualTo(DataType.FLOAT32);
    assertThat(array(arrays, "half").floats()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(array(arrays, "step").sizes()).isEmpty();
    assertThat(array(arrays, "none").sizes()).containsExactly(0, 4);
  }

  @Test
  void refusesWeightsThatNumpyCannotHave() {
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    weights.put("../kernel", WeightRef.filled(DataType.FLOAT32, 1, 1));
    weights.put("eighth", WeightRef.filled(DataType.FLOAT8_E5M2, 1, 1));
    assertThat(refusals(temp, () -> Npz.writeWeights(temp.resolve("w.npz"), weights)))
        .containsExactly(
            "TARGET_LIMIT w.npz, ../kernel: must have a relative name without '..' and"
                + " backslashes, found '../kernel'; give it another name",
            "DTYPE_UNSUPPORTED w.npz, eighth: must have a type that numpy has, found float8_e5m2;"
                + " cast the array to float32");
    assertThat(temp).isEmptyDirectory();
  }
}
