/*
 * The directory of a segment; "varint", "signed" as in ByteWriter:
 *   version                          a byte
 *   number of time columns, then of each: how many times (varint), first (signed difference to the first of the column before), last less first (varint), varint length of
 *     a float-column.ts that holds the times; 0 of those that are a constant step apart
 *   number of series                 varint
 *   their ids                        signed difference to the id before
 *   their time columns               runs: varint number of the column, varint of how many more than one series
 *   where their slices are           varint, its two lowest bits by PLACE
 *   checksums of the slices in the data     4 bytes each, CRC32C
 *   slices in the directory          one behind the other
 *   checksum of all of it            4 bytes, CRC32C
 * The data: the other slices, one behind the other (series-slice.ts).
 */
export const SEGMENT_VERSION = 1;
export const CHECKSUM_BYTES = 4;

/**
 * `data`: so many bytes of the data, from where the one before ended. `directory`: so many at the end of the directory. `shared`: that of the series so many and one before
 * this one, which is the same, as the upper buckets of a classic histogram often are.
 */
export const PLACE = { data: 0, directory: 1, shared: 2 } as const;
/** A checksum of its own would be half of so short a slice; and what never changes is then read without the data. */
export const MAX_BYTES_IN_DIRECTORY = 12;

/** A few bytes can stand for any number of samples, so these bound what comes out of a segment. */
export const MAX_SAMPLES_OF_SERIES = 1_048_576;
export const MAX_SERIES = 4_096;
