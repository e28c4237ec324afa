"""The tables of cases: each family is a folder of testdata/, made of the rows of one module or more."""

from families import (
    activations,
    convolutional,
    core,
    custom,
    masks,
    merging,
    networks,
    normalization,
    pooling,
    recurrent,
    refused,
    regularization,
    reshaping,
    time_distributed,
    training,
    wiring,
)

FAMILIES = {
    "core": core.CASES,
    "activations": activations.CASES,
    "convolutional": convolutional.CASES,
    "pooling": pooling.CASES,
    "normalization": normalization.CASES,
    "merging": merging.CASES,
    "reshaping": reshaping.CASES,
    "regularization": regularization.CASES,
    "recurrent": recurrent.CASES + masks.CASES + time_distributed.CASES,
    "models": networks.CASES + wiring.CASES + training.CASES,
    "custom": custom.CASES,
    "refused": refused.CASES,
}
