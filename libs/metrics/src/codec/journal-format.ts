/*
 * A blob of the journal, in this order; "varint", "signed" as in ByteWriter:
 *   version, flags                   a byte each
 *   checksum of the blob before      4 bytes, not if the state begins here
 *   count                            varint
 *   series                           tokens: a varint, its two lowest bits by SERIES_TOKEN, the rest by kind, until `count` samples are told
 *   times                            pairs: signed difference to the time before in this blob (to 0 for the first), varint of how many more have the same time
 *   kinds, if not all are floats     tokens: varint, its two lowest bits the kind, the rest how many more are of the same
 *   starts, if any is known          tokens: varint, its two lowest bits by START_TOKEN
 *   values of the floats             number-code.ts, against the series' value before
 *   histograms                       histogram-code.ts, against the series' histogram before
 *   checksum of all of it            4 bytes, CRC32C
 */
export const JOURNAL_VERSION = 1;
export const HEADER_BYTES = 2;
export const CHECKSUM_BYTES = 4;

export const JOURNAL_FLAG = { reset: 1, kinds: 2, starts: 4 } as const;
export const ALL_FLAGS = 7;

/**
 * `asBefore`: so many more than one series, each the one that followed the series before it the last time. `same`: so many more than one samples of the series before.
 * `other`: a series by the zigzag difference of its id to that of the series before.
 */
export const SERIES_TOKEN = { asBefore: 0, same: 1, other: 2 } as const;

/** `asBefore`: so many more than one samples with the start that their series had before. `unknown`: so many without. `other`: then comes a signed difference to the last one told. */
export const START_TOKEN = { asBefore: 0, unknown: 1, other: 2 } as const;
