"""Layers that act in training only: at inference each passes its input through."""

from building import functional, layer_case, masked_steps
from generation import layers


def between_dense(name, why, make):
    """The layer between two Dense layers, so that an implementation that drops or scales shows."""
    return layer_case(name, why, (4, 6), lambda: [layers.Dense(5, activation="tanh"), make(), layers.Dense(3)])


CASES = [
    between_dense("dropout", "Dropout.", lambda: layers.Dropout(0.4)),
    between_dense(
        "dropout_seed",
        "Dropout with a seed and a noise shape.",
        lambda: layers.Dropout(0.3, noise_shape=(None, 1, 5), seed=7),
    ),
    between_dense("dropout_zero", "Dropout with rate 0.", lambda: layers.Dropout(0.0)),
    between_dense("spatial_dropout1d", "SpatialDropout1D.", lambda: layers.SpatialDropout1D(0.3)),
    between_dense("gaussian_dropout", "GaussianDropout.", lambda: layers.GaussianDropout(0.3)),
    between_dense("gaussian_noise", "GaussianNoise.", lambda: layers.GaussianNoise(0.7)),
    between_dense("alpha_dropout", "AlphaDropout.", lambda: layers.AlphaDropout(0.2)),
    between_dense(
        "activity_regularization", "ActivityRegularization.", lambda: layers.ActivityRegularization(0.01, 0.02)
    ),
    between_dense("identity", "Identity.", lambda: layers.Identity()),
    layer_case("identity_alone", "A model of one Identity.", (4, 6), lambda: layers.Identity()),
    layer_case(
        "identity_masked",
        "The mask goes through all of them.",
        (7, 3),
        lambda: [
            layers.Masking(),
            layers.Identity(),
            layers.SpatialDropout1D(0.2),
            layers.ActivityRegularization(0.1),
            layers.GaussianNoise(0.1),
            layers.AlphaDropout(0.1),
            layers.GRU(4, return_sequences=True),
        ],
        inputs=masked_steps((7, 3)),
        h5=False,
    ),
    layer_case(
        "spatial_dropout2d_channels_first",
        "SpatialDropout2D of channels first.",
        (3, 5, 6),
        lambda: [layers.SpatialDropout2D(0.3, data_format="channels_first"), layers.GaussianNoise(0.4)],
    ),
    layer_case(
        "spatial_dropout2d",
        "SpatialDropout2D.",
        (5, 6, 3),
        lambda: [layers.Conv2D(4, 2), layers.SpatialDropout2D(0.3), layers.Conv2D(2, 2)],
    ),
    layer_case(
        "spatial_dropout3d",
        "SpatialDropout3D.",
        (3, 4, 5, 2),
        lambda: [layers.Conv3D(3, 2), layers.SpatialDropout3D(0.3)],
    ),
    layer_case("dropout_alone", "A model of one Dropout.", (4, 6), lambda: layers.Dropout(0.5)),
    layer_case(
        "every_one",
        "All of the family in one chain, in a functional model.",
        (4, 6),
        lambda: [
            layers.GaussianNoise(0.1),
            layers.Dense(5),
            layers.Dropout(0.2),
            layers.AlphaDropout(0.1),
            layers.GaussianDropout(0.1),
            layers.ActivityRegularization(0.1),
            layers.Dense(3, activation="softmax"),
        ],
        container=functional,
        h5=True,
    ),
]
