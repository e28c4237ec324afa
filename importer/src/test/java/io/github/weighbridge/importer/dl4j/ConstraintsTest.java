package io.github.weighbridge.importer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.formats.config.Json;
import io.github.weighbridge.formats.dl4j.dialect.Dl4jDialect;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Constraints along axes of DL4J's parameters, and those that Keras has not. */
class ConstraintsTest {

  private static final Place PLACE = Place.file("m.zip").withLayer("dense", "DenseLayer");

  private final Constraints constraints = new Constraints();

  private static ConfigObject layer(String... written) {
    String text =
        "{\"constraints\": ["
            + String.join(", ", written)
                .replace("org.", "org.deeplearning4j.nn.conf.constraint.")
                .replace('\'', '"')
            + "]}";
    return new ConfigObject(Json.parse(text, "m").asObject().orElseThrow(), PLACE);
  }

  private static ConfigObject maxNorm(String dimensions) {
    return layer(
        "{'@class': 'org.MaxNormConstraint', 'params': ['W'], 'maxNorm': 2.0, 'dimensions': "
            + dimensions
            + "}");
  }

  private static String axis(@Nullable Constraint constraint) {
    return constraint == null
        ? "none"
        : constraint.config().get("axis").orElse(Tree.none()).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[0] | 3",
        "[1, 2, 3] | [0, 1, 2]",
        "[2, 3, 1, 2] | [0, 1, 2]",
        "[] | [0, 1, 2, 3]",
        "null | [0, 1, 2, 3]",
        "[4] | none"
      })
  void takesNormsAlongKerasAxes(String dimensions, String expected) {
    assertThat(axis(constraints.of(maxNorm(dimensions), "W", 3, 2, 0, 1))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[1] | 0", "[0] | none", "[0, 1] | none", "[] | none"})
  void takesVectorsForRowsWhereTheyWereSuch(String dimensions, String expected) {
    ConfigObject layer = maxNorm(dimensions);
    Tree.Obj row =
        layer.objects("constraints").get(0).tree().with(Dl4jDialect.VECTORS_AS_ROWS, Tree.of(true));
    Tree.Obj early = layer.tree().with("constraints", Tree.of(List.of(row)));
    assertThat(axis(constraints.of(new ConfigObject(early, PLACE), "W", 0))).isEqualTo(expected);
  }

  @Test
  void tellsOfWhatNoWeightHasGot() {
    ConfigObject layer =
        layer(
            "{'@class': 'org.NonNegativeConstraint', 'params': ['W', 'b', 'g']}",
            "{'@class': 'org.UnitNormConstraint', 'params': ['b'], 'dimensions': [0]}",
            "{'@class': 'org.MaxNormConstraint', 'params': ['RW'], 'maxNorm': -1}",
            "{'@class': 'com.acme.Held', 'params': ['RW']}");
    assertThat(constraints.of(layer, "W", 0, 1)).isEqualTo(new Constraint("NonNeg", Tree.object()));
    // Keras has one constraint for a weight.
    assertThat(constraints.of(layer, "b", 0)).isNull();
    assertThat(constraints.of(layer, "RW", 0, 1)).isNull();
    Problems problems = new Problems();
    constraints.tellOthers(layer.tree(), PLACE, problems);
    assertThat(problems.warnings().stream().map(Problem::found))
        .containsExactly(
            "NonNegativeConstraint of b, g",
            "UnitNormConstraint of b",
            "MaxNormConstraint of RW",
            "Held of RW");
    assertThat(problems.warnings().get(0))
        .hasToString(
            "m.zip, layer 'dense' (DenseLayer), constraints: holds parameters to what Keras has no"
                + " constraint for, found NonNegativeConstraint of b, g; predictions do not depend"
                + " on it; an unchanged model keeps it in a zip of DL4J");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "{'@class': 'org.MaxNormConstraint', 'params': 'W'}",
        "{'@class': 'org.MaxNormConstraint', 'params': [1]}",
        "{'@class': 'org.MaxNormConstraint', 'params': ['W'], 'dimensions': [-1]}",
        "{'@class': 'org.MaxNormConstraint', 'params': ['W'], 'dimensions': [1e300]}",
        "{'@class': 'org.MaxNormConstraint', 'params': ['W'], 'maxNorm': {}}",
        "{'@class': 'org.MinMaxNormConstraint', 'params': ['W'], 'rate': 'much'}"
      })
  void tellsOfWhatIsNoConstraint(String written) {
    assertThatThrownBy(() -> constraints.of(layer(written), "W", 0, 1))
        .isInstanceOf(ProblemsException.class);
  }
}
