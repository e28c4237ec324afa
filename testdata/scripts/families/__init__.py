"""The tables of cases: each family is a folder of testdata/, made of the rows of one module or more."""

from families import (
    activations,
    algebra,
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
    recurrent,
    refused,
    regularization,
    reshaping,
    text,
    time_distributed,
    training,
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
    "preprocessing": preprocessing.CASES + images.CASES,
    "functions": functions.CASES + indexing.CASES + algebra.CASES + neural.CASES,
    "recurrent": recurrent.CASES
    + masks.CASES
    + time_distributed.CASES
    + cells.CASES
    + convolutional_lstm.CASES
    + cudnn.CASES,
    "models": networks.CASES + wiring.CASES + training.CASES,
    "custom": custom.CASES,
    "dtypes": dtypes.CASES,
    "refused": refused.CASES,
}
