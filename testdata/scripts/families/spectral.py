"""Functions of keras.ops that transform signals to waves and back, and cut them into sequences."""

from families.indexing import arrays, function_case, normal
from generation import keras

CASES = [
    function_case(
        "fourier",
        "Fourier transforms of complex numbers, of even and odd length, along one axis and two.",
        [(3, 6, 5), (3, 6, 5)],
        lambda real, imaginary: [
            *keras.ops.fft((real, imaginary)),
            *keras.ops.fft2((real, imaginary)),
            *keras.ops.ifft2((real, imaginary)),
        ],
    ),
    function_case(
        "fourier_real",
        "Fourier transforms of real numbers: as they are, padded, cut.",
        [(3, 10)],
        lambda x: [
            *keras.ops.rfft(x),
            *keras.ops.rfft(x, 13),
            *keras.ops.rfft(x, 6),
            *keras.ops.rfft(keras.ops.sum(x, axis=0), 7),
        ],
        arrays(normal(3, 10)),
        first=True,
    ),
    function_case(
        "fourier_real_inverse",
        "Real numbers from their waves: of even and odd length, of too few waves and too many.",
        [(3, 6), (3, 6)],
        lambda real, imaginary: [
            keras.ops.irfft((real, imaginary)),
            keras.ops.irfft((real, imaginary), 11),
            keras.ops.irfft((real, imaginary), 7),
            keras.ops.irfft((real, imaginary), 15),
        ],
    ),
    function_case(
        "fourier_windows",
        "Transforms of moving windows of every kind, of a signal of any length.",
        [(None,)],
        lambda x: [
            *keras.ops.stft(x, 10, 4, 12),
            *keras.ops.stft(x, 7, 3, 8, window="hamming", center=False),
            *keras.ops.stft(x, 8, 5, 8, window=None),
            *keras.ops.stft(x, 4, 3, 5, window=[0.2, 1.0, 0.7, 0.1]),
        ],
        lambda rng, batch: [rng.normal(size=(batch, 29)).astype("float32")],
    ),
    function_case(
        "fourier_windows_inverse",
        "Signals put together from the transforms of windows.",
        [(2, 6, 7), (2, 6, 7)],
        lambda real, imaginary: [
            keras.ops.istft((real, imaginary), 10, 4, 12),
            keras.ops.istft((real, imaginary), 12, 5, 12, window="hamming", center=False),
            keras.ops.istft((real, imaginary), 12, 5, 12, window=None, length=20),
            keras.ops.istft((real, imaginary), 6, 6, 12),
        ],
    ),
    function_case(
        "sequences",
        "Windows cut from a signal, which overlap or leave gaps.",
        [(3, 11)],
        lambda x: [
            keras.ops.extract_sequences(x, 4, 2),
            keras.ops.extract_sequences(x, 3, 5),
            keras.ops.extract_sequences(keras.ops.cast(9 * x, "int32"), 5, 1),
        ],
    ),
]
