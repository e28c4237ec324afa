"""Writes the numpy files beside it. Same script, same values."""
import numpy as np

base = np.arange(6).reshape(2, 3)
arrays = {}
for code in ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]:
    arrays["le_" + code] = base.astype("<" + code)
    arrays["be_" + code] = base.astype(">" + code)
arrays["bool"] = base > 2
arrays["fortran"] = np.asfortranarray(base.astype("f4"))
arrays["text"] = np.array([["a", "größe", "𝄞"]])
arrays["text_be"] = np.array(["ab", ""]).astype(">U2")
arrays["scalar"] = np.float32(2.5)
arrays["empty"] = np.zeros((0, 3), "f4")
np.savez("types.npz", **arrays)
np.savez_compressed("compressed.npz", arrays["le_f4"], arrays["text"])
np.savez("positional.npz", arrays["le_f4"], arrays["le_i8"])
np.save("object.npy", np.array([{"a": 1}], dtype=object))
np.save("record.npy", np.zeros(2, [("a", "f4"), ("b", "i2")]))
np.save("dates.npy", np.zeros(2, "M8[s]"))
with open("v2.npy", "wb") as f:
    np.lib.format.write_array(f, arrays["le_f4"], version=(2, 0))
with open("v3.npy", "wb") as f:
    np.lib.format.write_array(f, arrays["le_f4"], version=(3, 0))
