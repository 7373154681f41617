const HTTP2_PREFACE = 'PRI * HTTP/2';
// Letters of a method (RFC 9110 section 5.6.2), then a byte that no server takes for one of them or for the blank behind it. Servers that are
// generous take every blank and control of white space for one (RFC 9112 section 3).
const NO_METHOD = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]*[^\t-\r\x20-\x7e]/;

/** Whether the first bytes of a connection are plainly not HTTP/1.x: the preface of HTTP/2, TLS, a binary protocol. */
export function isOtherProtocol(bytes: Buffer): boolean {
  const text = bytes.toString('latin1', 0, 64);
  return text.startsWith(HTTP2_PREFACE) || NO_METHOD.test(text);
}
