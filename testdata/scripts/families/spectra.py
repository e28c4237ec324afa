"""Spectra of signals: STFTSpectrogram and MelSpectrogram."""

from building import channels_first_case, layer_case
from case_writer import Case
from generation import keras, layers


def stft(name, why, shape, mode, **options):
    return layer_case(
        f"stft_spectrogram_{name}",
        why,
        shape,
        lambda: layers.STFTSpectrogram(mode=mode, **{"frame_length": 6, "frame_step": 4, **options}),
        generations=("keras3",),
    )


def mel(name, why, shape=(70,), inputs=None, **options):
    settings = {"fft_length": 16, "sequence_stride": 5, "sampling_rate": 2000, "num_mel_bins": 4, **options}
    return layer_case(
        f"mel_spectrogram_{name}",
        why,
        shape,
        lambda: layers.MelSpectrogram(**settings),
        inputs,
        generations=("keras3",),
    )


def mel_image():
    """What classifiers of sounds begin with."""
    sound = keras.Input((65,), name="sound")
    image = layers.Reshape((4, 14, 1))(layers.MelSpectrogram(16, 5, sampling_rate=2000, num_mel_bins=4)(sound))
    return keras.Model(sound, layers.Dense(3)(layers.GlobalAveragePooling2D()(layers.Conv2D(2, 3)(image))))


CASES = [
    stft("log", "Logarithms of magnitudes; the length is unknown.", (None, 1), "log"),
    stft("magnitude", "Frequencies of each channel beside each other.", (19, 2), "magnitude"),
    stft("psd", "All frequencies but the first and the last count twice.", (19, 2), "psd", fft_length=10),
    stft("real_same", "Padded to whole frames.", (19, 2), "real", padding="same"),
    stft("imag_expand", "Frequencies as an axis of their own.", (19, 2), "imag", expand_dims=True),
    stft("angle_step", "Half a frame from frame to frame.", (19, 2), "angle", frame_step=None),
    stft("stft", "Real parts, then imaginary ones.", (19, 2), "stft", window="hamming", scaling=None, periodic=True),
    *[
        channels_first_case(
            f"stft_spectrogram_channels_first{name}",
            "Channels before time.",
            (2, 19),
            lambda data_format, options=options: layers.STFTSpectrogram(
                frame_length=6, frame_step=4, data_format=data_format, **options
            ),
            generations=("keras3",),
        )
        for name, options in (("", {"mode": "stft"}), ("_expand", {"mode": "magnitude", "expand_dims": True}))
    ],
    mel("db", "Decibels, at most so far below the loudest of all samples.", top_db=12.0),
    mel("power", "Powers as they are, of an unknown length.", (None,),
        lambda rng, batch: [rng.normal(size=(batch, 41)).astype("float32")], power_to_db=False),
    mel("short_window", "A window in the middle of the frame.", sequence_length=11, window="hamming"),
    mel("magnitude", "Magnitudes within some frequencies, no window.", mag_exp=1.0, window=None, min_freq=100.0,
        max_freq=700.0, ref_power=0.5, min_power=1e-4),
    Case("mel_spectrogram_image", "A sound as an image.", mel_image, generations=("keras3",), h5=True),
]
