// RFC 3720, appendix B.4: the Castagnoli polynomial 0x1EDC6F41 with its bits in reverse.
const POLYNOMIAL = 0x82f6_3b78;
const SLICES = 8;

// Table s gives what a byte does to the checksum when s more bytes follow it, so that eight bytes are looked up independently of each other.
const TABLES = slicingTables();

function slicingTables(): Int32Array {
  const tables = new Int32Array(256 * SLICES);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (POLYNOMIAL & -(crc & 1));
    tables[byte] = crc;
  }
  for (let i = 256; i < tables.length; i++) {
    const before = tables[i - 256]!;
    tables[i] = (before >>> 8) ^ tables[before & 0xff]!;
  }
  return tables;
}

/** CRC32C of the bytes in [from, to), as an unsigned number; `seed` is the checksum of what comes before them. */
export function crc32c(bytes: Uint8Array, from = 0, to = bytes.length, seed = 0): number {
  const tables = TABLES;
  let crc = ~seed;
  let at = from;
  for (const last = to - SLICES; at <= last; at += SLICES) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    crc =
      tables[1792 + (crc & 0xff)]! ^
      tables[1536 + ((crc >>> 8) & 0xff)]! ^
      tables[1280 + ((crc >>> 16) & 0xff)]! ^
      tables[1024 + (crc >>> 24)]! ^
      tables[768 + bytes[at + 4]!]! ^
      tables[512 + bytes[at + 5]!]! ^
      tables[256 + bytes[at + 6]!]! ^
      tables[bytes[at + 7]!]!;
  }
  for (; at < to; at++) crc = (crc >>> 8) ^ tables[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}
