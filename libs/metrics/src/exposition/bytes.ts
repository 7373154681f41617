/** Bytes that mean something in both formats. */
export const LF = 0x0a;
export const TAB = 0x09;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const HASH = 0x23;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const ZERO = 0x30;
export const EQUALS = 0x3d;
export const BACKSLASH = 0x5c;
export const LETTER_N = 0x6e;
export const OPEN = 0x7b;
export const CLOSE = 0x7d;

export const isBlank = (byte: number): boolean => byte === SPACE || byte === TAB;
