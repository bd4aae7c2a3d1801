import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * Makes the OCI layout {@code hello} from nothing: {@code java examples/MakeHello.java FOLDER}. It
 * holds one program for two machines, written here in machine code, that prints one line. The bytes
 * are the same wherever and whenever this runs.
 */
public final class MakeHello {
  private static final String LINE = "Hello from an image that gantry published.\n";
  private static final String DATE = "2026-11-21T00:00:00Z";
  private static final String TYPES = "application/vnd.oci.image.";
  private static final int HEADERS = 64 + 56;
  private static final long BASE = 0x400000;

  private final Path folder;

  private MakeHello(Path folder) {
    this.folder = folder;
  }

  /** Writes the layout into the folder given. */
  public static void main(String[] arguments) throws Exception {
    new MakeHello(Path.of(arguments[0])).make();
  }

  private record Blob(String digest, int size) {
    String json(String type, String more) {
      return "{\"mediaType\":\"%s%s\",\"digest\":\"%s\",\"size\":%d%s}"
          .formatted(TYPES, type, digest, size, more);
    }
  }

  private void make() throws Exception {
    Files.createDirectories(folder.resolve("blobs/sha256"));
    var amd64 = image("amd64", "", elf(62, amd64()));
    var arm64 = image("arm64", ",\"variant\":\"v8\"", elf(183, arm64()));
    var index =
        blob(
            text(
                "{\"schemaVersion\":2,\"mediaType\":\"%sindex.v1+json\",\"manifests\":[%s,%s]}"
                    .formatted(TYPES, amd64, arm64)));
    var name = ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"v1\"}";
    write(
        "index.json",
        text(
            "{\"schemaVersion\":2,\"mediaType\":\"%sindex.v1+json\",\"manifests\":[%s]}"
                .formatted(TYPES, index.json("index.v1+json", name))));
    write("oci-layout", text("{\"imageLayoutVersion\":\"1.0.0\"}"));
  }

  /** An image with one layer that holds the program; gives its descriptor. */
  private String image(String architecture, String variant, byte[] program) throws Exception {
    var tar = tar(program);
    var layer = blob(gzip(tar));
    var config =
        blob(
            text(
                """
                {"architecture":"%s"%s,"os":"linux","created":"%s",\
                "config":{"Entrypoint":["/hello"],"Labels":{\
                "org.opencontainers.image.title":"hello",\
                "org.opencontainers.image.description":"Prints one line; an example of gantry",\
                "org.opencontainers.image.licenses":"Apache-2.0",\
                "org.opencontainers.image.version":"v1"}},\
                "rootfs":{"type":"layers","diff_ids":["%s"]},\
                "history":[{"created":"%s","created_by":"examples/MakeHello.java"}]}\
                """
                    .formatted(architecture, variant, DATE, digest(tar), DATE)));
    var manifest =
        blob(
            text(
                "{\"schemaVersion\":2,\"mediaType\":\"%smanifest.v1+json\",\"config\":%s,\"layers\":[%s]}"
                    .formatted(
                        TYPES,
                        config.json("config.v1+json", ""),
                        layer.json("layer.v1.tar+gzip", ""))));
    var platform =
        ",\"platform\":{\"architecture\":\"%s\",\"os\":\"linux\"%s}"
            .formatted(architecture, variant);
    return manifest.json("manifest.v1+json", platform);
  }

  /** write(1, line, length); exit(0) by the system calls of Linux on x86-64. */
  private static byte[] amd64() {
    var line = text(LINE);
    var code = ByteBuffer.allocate(33 + line.length).order(ByteOrder.LITTLE_ENDIAN);
    code.put((byte) 0xb8).putInt(1); // mov eax, 1 (write)
    code.put((byte) 0xbf).putInt(1); // mov edi, 1 (standard output)
    code.put(new byte[] {0x48, (byte) 0x8d, 0x35}).putInt(33 - 17); // lea rsi, [rip + line]
    code.put((byte) 0xba).putInt(line.length); // mov edx, length
    code.put(new byte[] {0x0f, 0x05}); // syscall
    code.put((byte) 0xb8).putInt(60); // mov eax, 60 (exit)
    code.put(new byte[] {0x31, (byte) 0xff}); // xor edi, edi
    code.put(new byte[] {0x0f, 0x05}); // syscall
    return code.put(line).array();
  }

  /** The same on AArch64. */
  private static byte[] arm64() {
    var line = text(LINE);
    var code = ByteBuffer.allocate(32 + line.length).order(ByteOrder.LITTLE_ENDIAN);
    code.putInt(0xd2800020); // mov x0, #1 (standard output)
    code.putInt(0x10000001 | ((32 - 4) >> 2) << 5); // adr x1, line
    code.putInt(0xd2800002 | line.length << 5); // mov x2, #length
    code.putInt(0xd2800808); // mov x8, #64 (write)
    code.putInt(0xd4000001); // svc #0
    code.putInt(0xd2800000); // mov x0, #0
    code.putInt(0xd2800ba8); // mov x8, #93 (exit)
    code.putInt(0xd4000001); // svc #0
    return code.put(line).array();
  }

  /** The least ELF file that Linux starts: one segment with all of it, readable and executable. */
  private static byte[] elf(int machine, byte[] code) {
    var size = HEADERS + code.length;
    var elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0); // 64 bits, little endian
    elf.putShort((short) 2).putShort((short) machine).putInt(1); // executable
    elf.putLong(BASE + HEADERS).putLong(64).putLong(0); // entry, program headers, no sections
    elf.putInt(0).putShort((short) 64).putShort((short) 56).putShort((short) 1);
    elf.putShort((short) 64).putShort((short) 0).putShort((short) 0);
    elf.putInt(1).putInt(5).putLong(0).putLong(BASE).putLong(BASE); // load, read and execute
    elf.putLong(size).putLong(size).putLong(0x1000);
    return elf.put(code).array();
  }

  /** A tar with the one file /hello, executable, of no date and owned by root. */
  private static byte[] tar(byte[] program) {
    var header = ByteBuffer.allocate(512);
    put(header, 0, "hello");
    put(header, 100, "0000755\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, "%011o\0".formatted(program.length));
    put(header, 136, "00000000000\0");
    put(header, 148, "        ");
    put(header, 156, "0");
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header.array()) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    var tar = ByteBuffer.allocate(512 + (program.length + 511) / 512 * 512 + 1024);
    return tar.put(header.array()).put(program).array();
  }

  private static void put(ByteBuffer header, int at, String value) {
    header.put(at, value.getBytes(StandardCharsets.US_ASCII));
  }

  /** gzip with one stored block, so that no version of zlib has a say in the bytes. */
  private static byte[] gzip(byte[] plain) {
    var crc = new CRC32();
    crc.update(plain);
    var gzip = ByteBuffer.allocate(10 + 5 + plain.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    gzip.put(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff});
    gzip.put((byte) 1).putShort((short) plain.length).putShort((short) ~plain.length);
    return gzip.put(plain).putInt((int) crc.getValue()).putInt(plain.length).array();
  }

  private Blob blob(byte[] bytes) throws Exception {
    var digest = digest(bytes);
    write("blobs/" + digest.replace(':', '/'), bytes);
    return new Blob(digest, bytes.length);
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  private static String digest(byte[] bytes) throws Exception {
    return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
