// Fatal, so that wrong bytes are refused instead of becoming U+FFFD; and U+FEFF at the start stays part of the text.
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
// Up to here, putting ASCII together character by character is faster than a call to the decoder.
const SHORT_BYTES = 24;

/** Null when the bytes of [from, to) are not UTF-8. */
export function utf8Text(bytes: Uint8Array, from: number, to: number): string | null {
  if (to - from <= SHORT_BYTES) {
    let text = '';
    let at = from;
    for (; at < to && bytes[at]! < 0x80; at++) text += String.fromCharCode(bytes[at]!);
    if (at === to) return text;
  }
  try {
    return UTF8.decode(bytes.subarray(from, to));
  } catch (cause) {
    if (cause instanceof TypeError) return null;
    throw cause;
  }
}
