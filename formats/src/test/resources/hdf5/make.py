"""Writes the HDF5 files beside it, with h5py (3.16, HDF5 2.0). Same script, same values."""
import zlib

import numpy as np
import h5py

rng = np.arange(24, dtype="f4").reshape(2, 3, 4) / 8 - 1

with h5py.File("types.h5", "w") as f:
    for code in ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "c8", "c16"]:
        values = np.arange(24).reshape(2, 3, 4) - (0 if code[0] == "u" else 8)
        f["le_" + code] = values.astype("<" + code)
        f["be_" + code] = values.astype(">" + code)
    f["bool"] = rng > 0
    f["scalar"] = np.float32(2.5)
    f["empty"] = np.zeros((3, 0), "f4")
    f["opaque2"] = np.array([1, 2], "u2").view("V2")
    f["tagged"] = np.array([0x3F80, 0xC000], "u2").view("V2")
    f["tagged"].attrs["dtype"] = "bfloat16"
    f["text"] = "not a weight"
    f.create_dataset("unwritten", (2, 2), "f4", fillvalue=7.5)
    f["null"] = h5py.Empty("f4")

with h5py.File("encoded.h5", "w") as f:
    f.create_dataset("chunked", data=rng, chunks=(1, 2, 4))
    f.create_dataset("gzip", data=rng, chunks=(2, 2, 3), compression="gzip", shuffle=True)
    f.create_dataset("gzip_be", data=rng.astype(">f4"), chunks=(2, 3, 4), compression="gzip")
    f.create_dataset("lzf", data=rng, chunks=(2, 3, 4), compression="lzf")
    f.create_dataset("fletcher", data=rng, chunks=(2, 3, 4), fletcher32=True)
    part = f.create_dataset("part", (4, 4), "f4", chunks=(2, 2), fillvalue=3)
    part[:2, :2] = 1

with h5py.File("encoded_latest.h5", "w", libver=("v110", "v114")) as f:
    f.create_dataset("chunked", data=rng, chunks=(1, 2, 4))
    f.create_dataset("gzip", data=rng, chunks=(2, 2, 3), compression="gzip", shuffle=True)
    part = f.create_dataset("part", (4, 4), "f4", chunks=(2, 2), fillvalue=3)
    part[:2, :2] = 1
    f.create_group("many").attrs.update({"a%02d" % i: i for i in range(20)})
    for i in range(40):
        f["links/%02d" % i] = np.float32(i)

for name, options in [("userblock", dict(userblock_size=1024)), ("v3", dict(libver="latest"))]:
    with h5py.File(name + ".h5", "w", **options) as f:
        f["group/weight"] = rng
        f["group"].attrs["name"] = "übergröße"

with h5py.File("attributes.h5", "w") as f:
    a = f.attrs
    a["vlen"] = "schön"
    a["vlen_ascii"] = "schön".encode()  # tagged ASCII, as Keras 2 wrote it
    a["fixed"] = np.bytes_("größe".encode())
    a["list"] = np.array([b"a", "é".encode(), b"ccc"])
    a["vlen_list"] = [b"a", "é".encode(), b"ccc"]
    a["empty"] = []
    a["chunks0"] = np.array([b"one", b"two"])
    a["chunks1"] = np.array([b"three"])
    a["int"] = 3
    a["float"] = 2.5
    a["floats"] = [1.0, 2.0]
    a["long"] = "x" * 100_000

with h5py.File("links.h5", "w") as f:
    f["data"] = rng
    f["soft"] = h5py.SoftLink("/data")
    f["external"] = h5py.ExternalLink("other.h5", "/secret")
    f["loop/inner"] = np.float32(1)
    f["loop/back"] = f["loop"]
    f["hard"] = f["data"]
    f.create_dataset("outside", (4,), "u1", external=[("/etc/passwd", 0, 4)])
    layout = h5py.VirtualLayout((2,), "f4")
    layout[:] = h5py.VirtualSource("other.h5", "x", (2,))
    f.create_virtual_dataset("virtual", layout)
    g = f.create_group("deep")
    for i in range(70):
        g = g.create_group("d")

with h5py.File("layout5.h5", "w", libver="latest") as f:
    f.create_dataset("gzip", data=rng, chunks=(2, 2, 3), compression="gzip")

with h5py.File("bombs.h5", "w") as f:
    # A chunk of 4 KB whose 4 KB expand to 4 MB, and a terabyte that nobody wrote.
    d = f.create_dataset("gzip", (32, 32), "f4", chunks=(32, 32), compression="gzip")
    d.id.write_direct_chunk((0, 0), zlib.compress(bytes(4 << 20), 9))
    f.create_dataset("unwritten", (1 << 19, 1 << 19), "f4")
    f.create_dataset("chunked", (1 << 19, 1 << 19), "f4", chunks=(64, 64), compression="gzip")

with h5py.File("fletcher.h5", "w") as f:
    # Every one with its checksums; "spoiled" with a bit of its data turned afterwards.
    f.create_dataset("gzip", data=rng, chunks=(2, 2, 3), compression="gzip", shuffle=True, fletcher32=True)
    f.create_dataset("odd", data=np.arange(5, dtype="u1") + 250, chunks=(5,), fletcher32=True)
    f.create_dataset("zeros", data=np.zeros(7, "f4"), chunks=(7,), fletcher32=True)
    f.create_dataset("long", data=np.full(1000, 0xFFFE, "u2"), chunks=(1000,), fletcher32=True)
    f.create_dataset("spoiled", data=rng, chunks=(1, 3, 4), fletcher32=True)
    first = f["spoiled"].id.get_chunk_info(1).byte_offset
    plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plist.set_chunk((5,))
    plist.set_fletcher32()
    plist.set_deflate(4)
    space = h5py.h5s.create_simple((5,))
    inner = h5py.h5d.create(f.id, b"inner", h5py.h5t.IEEE_F32LE, space, plist)
    inner.write(h5py.h5s.ALL, h5py.h5s.ALL, np.arange(5, dtype="f4"))
with open("fletcher.h5", "r+b") as f:
    f.seek(first + 5)
    byte = f.read(1)[0]
    f.seek(first + 5)
    f.write(bytes([byte ^ 1]))
