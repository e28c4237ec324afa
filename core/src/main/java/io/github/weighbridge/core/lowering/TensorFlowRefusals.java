package io.github.weighbridge.core.lowering;

/** TensorFlow's functions that are known and not computed here, with their reasons. */
final class TensorFlowRefusals {

  private static final String CODE = "it is given code, which is never executed";
  private static final String DATA_DEPENDENT = "the shape of its result depends on the numbers";
  private static final String DECOMPOSITION = "neither ONNX nor ND4J decomposes matrices so";
  private static final String LOST =
      "tf.keras does not save its arguments after the first, nor can it read the model";
  private static final String NO_OPERATION = "neither ONNX nor ND4J has the function";
  private static final String RANDOM = "its random numbers cannot be repeated";
  private static final String SPECTRUM = "complex numbers are not supported";

  private TensorFlowRefusals() {}

  static void addTo(FunctionTable table) {
    table.refuse(
        CODE,
        "tf.case",
        "tf.cond",
        "tf.foldl",
        "tf.foldr",
        "tf.map_fn",
        "tf.numpy_function",
        "tf.py_function",
        "tf.scan",
        "tf.vectorized_map",
        "tf.while_loop");
    table.refuse(
        DATA_DEPENDENT,
        "tf.boolean_mask",
        "tf.dynamic_partition",
        "tf.image.non_max_suppression",
        "tf.math.segment_max",
        "tf.math.segment_mean",
        "tf.math.segment_min",
        "tf.math.segment_prod",
        "tf.math.segment_sum",
        "tf.unique",
        "tf.unique_with_counts");
    table.refuse(
        DECOMPOSITION,
        "tf.linalg.cholesky",
        "tf.linalg.det",
        "tf.linalg.eig",
        "tf.linalg.eigh",
        "tf.linalg.eigvals",
        "tf.linalg.eigvalsh",
        "tf.linalg.expm",
        "tf.linalg.inv",
        "tf.linalg.logdet",
        "tf.linalg.lstsq",
        "tf.linalg.lu",
        "tf.linalg.pinv",
        "tf.linalg.qr",
        "tf.linalg.slogdet",
        "tf.linalg.solve",
        "tf.linalg.sqrtm",
        "tf.linalg.svd",
        "tf.linalg.triangular_solve");
    table.refuse(LOST, "tf.einsum", "tf.meshgrid");
    table.refuse(
        NO_OPERATION,
        "tf.image.crop_and_resize",
        "tf.image.extract_patches",
        "tf.math.betainc",
        "tf.math.cumulative_logsumexp",
        "tf.math.digamma",
        "tf.math.igamma",
        "tf.math.igammac",
        "tf.math.lbeta",
        "tf.math.lgamma",
        "tf.math.polygamma",
        "tf.math.zeta",
        "tf.nn.dilation2d",
        "tf.nn.erosion2d");
    table.refuse(
        RANDOM,
        "tf.nn.dropout",
        "tf.random.categorical",
        "tf.random.gamma",
        "tf.random.normal",
        "tf.random.poisson",
        "tf.random.shuffle",
        "tf.random.truncated_normal",
        "tf.random.uniform");
    table.refuse(
        SPECTRUM,
        "tf.complex",
        "tf.signal.fft",
        "tf.signal.fft2d",
        "tf.signal.fft3d",
        "tf.signal.ifft",
        "tf.signal.ifft2d",
        "tf.signal.irfft",
        "tf.signal.rfft",
        "tf.signal.rfft2d",
        "tf.signal.stft");
  }
}
