package io.github.weighbridge.core.lowering;

/** Functions of {@code keras.ops} that are known and not computed here, with their reasons. */
final class RefusedFunctions {

  private static final String DECOMPOSITION =
      "ONNX has no operation that decomposes matrices or solves equations";
  private static final String DETERMINANT = "determinants of matrices are not computed";
  private static final String CODE = "it is given code, which is never executed";
  private static final String COMPLEX = "complex numbers are not supported";
  private static final String DATA_DEPENDENT = "the shape of its result depends on the numbers";
  private static final String LOOP = "it is a loop whose length depends on the numbers";
  private static final String BITS = "neither ONNX nor ND4J shows the bits of numbers";
  private static final String COMPUTED_PLACES =
      "elements are not looked up at places that are computed along every axis";
  private static final String COMPUTED_FACTORS =
      "images are not resampled by factors that are computed";
  private static final String CTC = "alignments of sequences are not computed";
  private static final String RANDOM = "its random numbers cannot be repeated";

  private RefusedFunctions() {}

  static void addTo(FunctionTable table) {
    table.refuse(
        CODE,
        "AssociativeScan",
        "Cond",
        "ForiLoop",
        "JVP",
        "Map",
        "Scan",
        "Switch",
        "VectorizedMap",
        "WhileLoop");
    table.refuse(
        DECOMPOSITION,
        "Cholesky",
        "CholeskyInverse",
        "Eig",
        "Eigh",
        "Inv",
        "Lstsq",
        "LuFactor",
        "MatrixRank",
        "PerspectiveTransform",
        "Pinv",
        "Qr",
        "SVD",
        "Solve",
        "SolveTriangular");
    table.refuse(DETERMINANT, "Det", "Logdet", "Slogdet");
    table.refuse(COMPLEX, "Polar", "ViewAsComplex", "ViewAsReal");
    table.refuse(DATA_DEPENDENT, "Arange", "Bincount", "Histogram", "Nonzero", "Unique");
    table.refuse(LOOP, "Gcd", "Lcm");
    table.refuse(COMPUTED_PLACES, "MapCoordinates");
    table.refuse(COMPUTED_FACTORS, "ScaleAndTranslate");
    table.refuse(BITS, "Nextafter", "View");
    table.refuse(CTC, "CTCDecode", "CTCLoss");
    table.refuse(RANDOM, "ElasticTransform");
  }
}
