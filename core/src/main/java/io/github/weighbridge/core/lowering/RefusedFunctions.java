package io.github.weighbridge.core.lowering;

/** Functions of {@code keras.ops} that are known and not computed here, with their reasons. */
final class RefusedFunctions {

  private static final String DECOMPOSITION = "neither ONNX nor ND4J decomposes matrices so";
  private static final String CODE = "it is given code, which is never executed";
  private static final String COMPLEX = "complex numbers are not supported";
  private static final String DATA_DEPENDENT = "the shape of its result depends on the numbers";
  private static final String LOOP = "it is a loop whose length depends on the numbers";
  private static final String BITS = "neither ONNX nor ND4J shows the bits of numbers";
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
        "Det",
        "Eig",
        "Eigh",
        "Inv",
        "Logdet",
        "Lstsq",
        "LuFactor",
        "MatrixRank",
        "Pinv",
        "Qr",
        "SVD",
        "Slogdet",
        "Solve",
        "SolveTriangular");
    table.refuse(COMPLEX, "Polar", "ViewAsComplex", "ViewAsReal");
    table.refuse(DATA_DEPENDENT, "Arange", "Bincount", "Histogram", "Nonzero", "Unique");
    table.refuse(LOOP, "Gcd", "Lcm");
    table.refuse(BITS, "Nextafter", "View");
    table.refuse(CTC, "CTCDecode", "CTCLoss");
    table.refuse(RANDOM, "ElasticTransform");
  }
}
