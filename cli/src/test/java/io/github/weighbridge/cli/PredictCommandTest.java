package io.github.weighbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.formats.npy.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PredictCommandTest {

  private static final Path CASE = Run.testdata("models/two_inputs_two_outputs_keras3");
  private static final Path MODEL = CASE.resolve("model.keras");
  private static final Path INPUTS = CASE.resolve("inputs.npz");
  private static final Path DAMAGED = Run.testdata("malformed");

  @TempDir Path folder;

  private Path output;

  @BeforeEach
  void nameOutput() {
    output = folder.resolve("y.npz");
  }

  @Test
  void predictsByPosition() {
    Run run = Run.of("predict", MODEL, "--inputs", INPUTS, "-o", output);

    assertThat(run).isEqualTo(new Run(0, "", ""));
    assertThat(Npz.read(output).keySet()).containsExactly("arr_0", "arr_1");
    assertPredicted(List.copyOf(Npz.read(output).values()));
  }

  @Test
  void predictsByNameInAnyOrder() {
    Map<String, Tensor> arrays = Npz.read(INPUTS);
    Map<String, Tensor> named = new LinkedHashMap<>();
    named.put("tokens", Objects.requireNonNull(arrays.get("arr_1")));
    named.put("image", Objects.requireNonNull(arrays.get("arr_0")));
    Path inputs = folder.resolve("x.npz");
    Npz.write(inputs, named);

    assertThat(Run.of("predict", MODEL, "--inputs", inputs, "-o", output).code()).isZero();

    Map<String, Tensor> predicted = Npz.read(output);
    assertThat(predicted.keySet()).hasSize(2).noneMatch(name -> name.startsWith("arr_"));
    assertPredicted(List.copyOf(predicted.values()));
  }

  @Test
  void sameInputsGiveTheSameBytes() {
    Path again = folder.resolve("again.npz");

    assertThat(Run.of("predict", MODEL, "--inputs", INPUTS, "-o", output).code()).isZero();
    assertThat(Run.of("predict", MODEL, "--inputs", INPUTS, "-o", again, "--threads", 1).code())
        .isZero();

    assertThat(again).hasSameBinaryContentAs(output);
  }

  @Test
  void refusesAMissingFileOfInputs() {
    Path missing = folder.resolve("none.npz");

    Run run = Run.of("predict", MODEL, "--inputs", missing, "-o", output);

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.errors())
        .containsExactly("error: " + missing + ": must be readable, found no such file");
  }

  @Test
  void refusesAnUnwritableTarget() throws IOException {
    Path missing = folder.resolve("none");

    Run inMissing = Run.of("predict", MODEL, "--inputs", INPUTS, "-o", missing.resolve("y.npz"));
    Run onFolder = Run.of("predict", MODEL, "--inputs", INPUTS, "-o", folder);

    assertThat(inMissing.code()).isEqualTo(3);
    assertThat(inMissing.errors())
        .containsExactly(
            "error: "
                + missing.resolve("y.npz")
                + ": must be a place where a file can be written, found no folder "
                + missing);
    assertThat(onFolder.code()).isEqualTo(3);
    assertThat(onFolder.errors())
        .containsExactly(
            "error: " + folder + ": must be a place where a file can be written, found a folder");
    assertNothingLeft();
  }

  @Test
  void refusesCode() throws IOException {
    Path lambda = Run.testdata("refused/lambda_keras3");

    Run run =
        Run.of(
            "predict",
            lambda.resolve("model.keras"),
            "--inputs",
            lambda.resolve("inputs.npz"),
            "-o",
            output);

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).contains("layer 'doubled' (Lambda): code from a model file is never run");
    assertNothingLeft();
  }

  /** A damaged file of inputs and all that is told of it, FILE being its name. */
  record Damaged(String file, List<String> errors) {
    Damaged(String file, String... errors) {
      this(file, List.of(errors));
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Damaged> damaged() {
    String count =
        "FILE: must have an array for each of the inputs [image: float32[batch, 6, 7, 2], tokens:"
            + " int32[batch, 5]], found ";
    return Stream.of(
        new Damaged(
            "inputs_code_header.npz",
            "FILE, arr_0.npy: must have a header with descr, fortran_order and shape, found"
                + " {'descr': __import__('os'), 'fortran_order': False, 'shape': (2,), }; save the"
                + " array with numpy again"),
        new Damaged(
            "inputs_different_batches.npz",
            "FILE, layer 'concatenate/concat' (Concat): must fit together for the inputs given,"
                + " found cannot join float32[4, 4] and float32[3, 3] along axis 1"),
        new Damaged("inputs_empty.npz", count + "0 arrays"),
        new Damaged("inputs_extra_entry.npz", count + "3 arrays"),
        new Damaged(
            "inputs_flipped.npz",
            "FILE, arr_0.npy: must have the checksum 8198cab2, found a38faa7e; the file is damaged;"
                + " copy or save it again",
            "FILE, arr_1.npy: must have the checksum bd989dd6, found 9e60974; the file is damaged;"
                + " copy or save it again"),
        new Damaged(
            "inputs_gap.npz",
            "FILE, arr_1: must be there: arrays are numbered from 0 without a gap, found arr_0,"
                + " arr_2"),
        new Damaged(
            "inputs_huge_header.npz",
            "FILE, arr_0.npy: must have 336000000000000 bytes behind its header, found 0; the file"
                + " is truncated or damaged; save it again",
            "FILE, arr_1.npy: must have 40 bytes behind its header, found 0; the file is truncated"
                + " or damaged; save it again"),
        new Damaged("inputs_missing_entry.npz", count + "1 arrays"),
        new Damaged(
            "inputs_negative_shape.npz",
            "FILE, arr_0.npy: must have a header with descr, fortran_order and shape, found"
                + " {'descr': '<f4', 'fortran_order': False, 'shape': (2, -5), }; save the array"
                + " with numpy again"),
        new Damaged(
            "inputs_not_npy.npz",
            "FILE, arr_0.npy: must be a numpy array, found no signature of one; save the array with"
                + " numpy again"),
        new Damaged(
            "inputs_object.npz",
            "FILE, arr_0.npy: must hold numbers or text, found Python objects, whose pickles are"
                + " programs; save the array with a dtype of its own"),
        new Damaged("inputs_text.npz", "FILE, input 'image': must hold numbers, found strings"),
        new Damaged(
            "inputs_tokens_negative.npz",
            "FILE, layer 'embedding/gather' (Gather): must have indices from 0 to 8, found -3"),
        new Damaged(
            "inputs_tokens_out_of_range.npz",
            "FILE, layer 'embedding/gather' (Gather): must have indices from 0 to 8, found 15"),
        new Damaged(
            "inputs_truncated.npz",
            "FILE: must have a directory at its end, found none; the file is truncated or damaged;"
                + " copy or save it again"),
        new Damaged(
            "inputs_wrong_names.npz",
            "FILE, input 'image': must be given, found only [picture, words]",
            "FILE, input 'tokens': must be given, found only [picture, words]",
            "FILE, input 'picture': must be one of the inputs [image, tokens], found 'picture'",
            "FILE, input 'words': must be one of the inputs [image, tokens], found 'words'"),
        new Damaged(
            "inputs_wrong_rank.npz",
            "FILE, input 'image': must have shape [batch, 6, 7, 2], found [6, 7, 2]"),
        new Damaged(
            "inputs_wrong_shape.npz",
            "FILE, input 'image': must have shape [batch, 6, 7, 2], found [4, 7, 6, 2]"));
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void refusesDamagedInputs(Damaged damaged) throws IOException {
    Path inputs = DAMAGED.resolve(damaged.file());

    Run run = Run.of("predict", MODEL, "--inputs", inputs, "-o", output);

    assertThat(run.code()).as(run.err()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.errors())
        .containsExactly(
            damaged.errors().stream()
                .map(error -> "error: " + error.replace("FILE", inputs.toString()))
                .toArray(String[]::new));
    assertNothingLeft();
  }

  @Test
  void everyDamagedFileOfInputsIsInTheTable() throws IOException {
    TreeSet<String> files = new TreeSet<>();
    try (Stream<Path> paths = Files.list(DAMAGED)) {
      paths
          .map(p -> p.getFileName().toString())
          .filter(n -> n.endsWith(".npz"))
          .forEach(files::add);
    }
    assertThat(damaged().map(Damaged::file)).containsExactlyInAnyOrderElementsOf(files);
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  private static void assertPredicted(List<Tensor> predicted) {
    List<Tensor> expected = List.copyOf(Npz.read(CASE.resolve("outputs.npz")).values());
    assertThat(new Tolerance(1e-4, 1e-3).compare(predicted, expected).mismatch()).isEmpty();
  }
}
