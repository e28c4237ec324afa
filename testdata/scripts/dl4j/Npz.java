import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes arrays as numpy.savez does: {@code arr_0}, {@code arr_1}, ... */
final class Npz {

  /** 1980-01-01, which a zip can say without an extra field. */
  private static final long NO_TIME = 315619200000L;

  private Npz() {}

  /** Writes arrays in their order. */
  static void write(Path file, INDArray... arrays) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setMethod(ZipOutputStream.STORED);
      for (int i = 0; i < arrays.length; i++) {
        byte[] bytes = array(arrays[i]);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        ZipEntry entry = new ZipEntry("arr_" + i + ".npy");
        entry.setTime(NO_TIME);
        entry.setSize(bytes.length);
        entry.setCompressedSize(bytes.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
      }
    }
  }

  private static byte[] array(INDArray array) {
    boolean wide = array.data().dataType().toString().equals("DOUBLE");
    StringBuilder shape = new StringBuilder();
    for (int i = 0; i < array.rank(); i++) {
      shape.append(array.size(i)).append(i + 1 == array.rank() && i > 0 ? "" : ", ");
    }
    StringBuilder header =
        new StringBuilder(
            "{'descr': '"
                + (wide ? "<f8" : "<f4")
                + "', 'fortran_order': False, 'shape': ("
                + shape.toString().trim()
                + "), }");
    while ((header.length() + 11) % 64 != 0) {
      header.append(' ');
    }
    header.append('\n');
    double[] values = values(array);
    ByteBuffer body =
        ByteBuffer.allocate(values.length * (wide ? 8 : 4)).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      if (wide) {
        body.putDouble(value);
      } else {
        body.putFloat((float) value);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    bytes.write(magic, 0, magic.length);
    bytes.write(header.length() & 0xff);
    bytes.write(header.length() >> 8);
    byte[] text = header.toString().getBytes(StandardCharsets.US_ASCII);
    bytes.write(text, 0, text.length);
    bytes.write(body.array(), 0, body.capacity());
    return bytes.toByteArray();
  }

  /** The values in row-major order. */
  static double[] values(INDArray array) {
    double[] values = new double[(int) array.length()];
    INDArray row = array.dup('c');
    for (int i = 0; i < values.length; i++) {
      values[i] = row.data().getDouble(i);
    }
    return values;
  }
}
