package io.github.weighbridge.conformance.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows of the house: from the command line down to the core, and never up. */
class ArchitectureTest {

  private static final String BASE = "io.github.weighbridge.";
  private static final String GENERATED = BASE + "formats.onnx.proto..";

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.weighbridge");

  /** A room and all that it may use besides itself, the JDK and jspecify. */
  static Stream<Arguments> rooms() {
    return Stream.of(
        Arguments.of("core", List.of()),
        // core.config holds the tree that JSON and YAML are read into.
        Arguments.of(
            "formats",
            List.of(
                "core.tensor..",
                "core.problem..",
                "core.config..",
                "/io.jhdf..",
                "/com.fasterxml.jackson..",
                "/org.yaml.snakeyaml..",
                "/com.google.protobuf..")),
        Arguments.of("importer", List.of("core..", "formats..")),
        Arguments.of("exporter", List.of("core..", "formats..")),
        Arguments.of("api", List.of("core..", "formats..", "importer..", "exporter..")),
        Arguments.of(
            "runtime",
            List.of(
                "core..",
                "/org.nd4j..",
                "/org.bytedeco..",
                "/org.slf4j..",
                "/com.google.common.hash..")),
        Arguments.of(
            "cli",
            List.of(
                "core..",
                "formats..",
                "importer..",
                "exporter..",
                "api..",
                "runtime..",
                "/picocli..",
                "/me.tongfei.progressbar..",
                "/ai.onnxruntime..")));
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void roomsUseOnlyWhatIsBelow(String room, List<String> others) {
    List<String> allowed = new ArrayList<>(List.of("java..", "org.jspecify..", BASE + room + ".."));
    for (String other : others) {
      allowed.add(other.startsWith("/") ? other.substring(1) : BASE + other);
    }
    classes()
        .that()
        .resideInAPackage(BASE + room + "..")
        .and()
        .resideOutsideOfPackage(GENERATED)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed.toArray(String[]::new)).or(primitivesAndArrays()))
        .check(HOUSE);
  }

  private static DescribedPredicate<JavaClass> primitivesAndArrays() {
    return DescribedPredicate.describe(
        "primitives and arrays", type -> type.isPrimitive() || type.isArray());
  }

  @Test
  void commandsReachReadersAndWritersThroughTheApi() {
    noClasses()
        .that()
        .resideInAPackage(BASE + "cli..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(BASE + "importer..", BASE + "exporter..")
                .and(DescribedPredicate.not(nameMatching(".*Options(\\$.*)?"))))
        .check(HOUSE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Utils?", "Helpers?", "Manager", "Impl", "Base"})
  void namesTellConcepts(String ending) {
    noClasses()
        .that()
        .resideOutsideOfPackage(GENERATED)
        .should()
        .haveNameMatching(".*" + ending)
        .check(HOUSE);
  }

  @Test
  void loweringsAreInside() {
    noClasses()
        .that()
        .resideInAPackage(BASE + "core.lowering")
        .and()
        .haveSimpleNameEndingWith("Lowering")
        .and()
        .doNotHaveSimpleName("ModelLowering")
        .should()
        .bePublic()
        .check(HOUSE);
  }

  /** No file says which code runs: only who asks for custom layers has classes looked up. */
  @Test
  void classesAreFoundOnlyForCustomLayers() {
    noClasses()
        .that()
        .resideInAnyPackage(
            BASE + "core..", BASE + "formats..", BASE + "importer..", BASE + "exporter..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ClassLoader.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ServiceLoader.class)
        .orShould()
        .callMethod(Class.class, "forName", String.class)
        .check(HOUSE);
  }

  @Test
  void kernelsAreInside() {
    noClasses()
        .that()
        .resideInAPackage(BASE + "runtime.kernel")
        .and()
        .haveSimpleNameEndingWith("Kernel")
        .and()
        // The interface, by which plans hold kernels.
        .doNotHaveSimpleName("Kernel")
        .should()
        .bePublic()
        .check(HOUSE);
  }

  @Test
  void importersAndExportersShowOnlyTheirDoors() {
    classes()
        .that(resideInAPackage(BASE + "importer..").or(resideInAPackage(BASE + "exporter..")))
        .and()
        .arePublic()
        .should()
        .haveNameMatching(".*(Importer|Exporter|Options)(\\$.*)?")
        .check(HOUSE);
  }

  @Test
  void everyPackageSaysWhatMayBeNull() throws ClassNotFoundException {
    List<String> packages =
        HOUSE.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !name.startsWith(GENERATED.replace("..", "")))
            .distinct()
            .toList();
    assertThat(packages).isNotEmpty();
    for (String name : packages) {
      Class<?> info = Class.forName(name + ".package-info");
      assertThat(info.isAnnotationPresent(NullMarked.class)).as(name).isTrue();
    }
  }
}
