"""The tables of cases: each family is a folder of testdata/, made of the rows of one module or more."""

from families import (
    activations,
    algebra,
    applications,
    attention,
    cells,
    convolutional,
    convolutional_lstm,
    core,
    cudnn,
    dtypes,
    functions,
    images,
    indexing,
    lookups,
    custom,
    masks,
    merging,
    networks,
    neural,
    normalization,
    pooling,
    preprocessing,
    quantization,
    recurrent,
    refused,
    regularization,
    reshaping,
    spectra,
    spectral,
    tensorflow,
    text,
    time_distributed,
    training,
    vision,
    wiring,
)

FAMILIES = {
    "core": core.CASES,
    "activations": activations.CASES,
    "attention": attention.CASES,
    "convolutional": convolutional.CASES,
    "pooling": pooling.CASES,
    "normalization": normalization.CASES,
    "merging": merging.CASES,
    "reshaping": reshaping.CASES,
    "regularization": regularization.CASES,
    "lookups": lookups.CASES,
    "text": text.CASES,
    "preprocessing": preprocessing.CASES + images.CASES + spectra.CASES,
    "functions": functions.CASES
    + indexing.CASES
    + algebra.CASES
    + neural.CASES
    + spectral.CASES
    + vision.CASES,
    "recurrent": recurrent.CASES
    + masks.CASES
    + time_distributed.CASES
    + cells.CASES
    + convolutional_lstm.CASES
    + cudnn.CASES,
    "tensorflow": tensorflow.CASES,
    "models": networks.CASES + wiring.CASES + training.CASES,
    "applications": applications.CASES,
    "custom": custom.CASES,
    "quantization": quantization.CASES,
    "dtypes": dtypes.CASES,
    "refused": refused.CASES,
}
