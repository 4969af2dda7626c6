/** Zarr v2 arrays as zarr-python writes them are read equal to what was written. */
import { expect, test } from "playwright/test";
import { NPY_TYPES } from "../support/npy.ts";
import { below, type Files, folderSource, hasZarr, NO_ZARR, written } from "../support/zarr.ts";
import { read } from "./support.ts";

/** Writes arrays in all variants, and beside each its voxels in the order of a file: x fastest, little-endian. */
const SCRIPT = `
a = (np.arange(7 * 6 * 5).reshape(7, 6, 5) * 37 % 127)
def write(name, values, **options):
    options = {"chunks": (3, 4, 2), "compressor": None, **options}
    array = zarr.create(values.shape, dtype=values.dtype, store=zarr.DirectoryStore(name), **options)
    array[...] = values
    stored = values.astype(values.dtype.newbyteorder("<"))
    open(name + ".raw", "wb").write(stored.tobytes(order="F"))
for code in "u1 i1 u2 i2 u4 i4 u8 i8 f2 f4 f8".split():
    for order in "<>":
        write(f"{code}{'lb'[order == '>']}", a.astype(order + code))
write("bool", a > 60)
codecs = dict(none=None, gzip=numcodecs.GZip(1), zlib=numcodecs.Zlib(1), lz4=numcodecs.LZ4(), zstd=numcodecs.Zstd(3))
for cname in "blosclz lz4 lz4hc zlib zstd".split():
    for shuffle in range(3):
        codecs[f"{cname}{shuffle}"] = numcodecs.Blosc(cname, shuffle=shuffle)
for name, codec in codecs.items():
    write(f"codec-{name}", a.astype("<i4"), compressor=codec)
write("slash", a.astype("<i2"), dimension_separator="/")
write("fortran", a.astype("<i2"), order="F")
write("shuffled", a.astype("<i2"), filters=[numcodecs.Shuffle(2)], compressor=numcodecs.Zlib(1))
write("one", a.astype("u1"), chunks=(7, 6, 5))
zarr.open_group("group", "w").create_dataset("inner/array", data=a.astype("<i2"))
`;

test.describe("arrays of zarr-python", () => {
  test.skip(!hasZarr(), NO_ZARR);
  let files: Files = {};
  test.beforeAll(() => {
    files = written(SCRIPT);
  });

  const expectSame = async (name: string, dtype: string) => {
    const volume = await read(folderSource(below(files, name), name));
    expect(volume, name).toMatchObject({ dims: [7, 6, 5], dtype, littleEndian: true, name });
    expect(Buffer.compare(volume.data, files[`${name}.raw`]), name).toBe(0);
  };

  test("all types in both byte orders", async () => {
    for (const [code, dtype] of Object.entries(NPY_TYPES))
      for (const order of "lb") await expectSame(code + order, dtype);
    await expectSame("bool", "uint8");
  });

  test("all compressors", async () => {
    const names = Object.keys(files).flatMap((path) => /^(codec-.*)\.raw$/.exec(path)?.[1] ?? []);
    expect(names).toHaveLength(20);
    for (const name of names) await expectSame(name, "int32");
  });

  test("both separators and orders, a filter, one chunk, and an array in groups", async () => {
    for (const name of ["slash", "fortran", "shuffled"]) await expectSame(name, "int16");
    await expectSame("one", "uint8");
    const nested = await read(folderSource(below(files, "group/inner/array")));
    expect(Buffer.compare(nested.data, files["slash.raw"])).toBe(0);
  });
});
