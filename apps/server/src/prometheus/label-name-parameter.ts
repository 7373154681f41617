import { PrometheusError } from './prometheus-error.js';
import { quoted } from './time-parameter.js';

const ESCAPED_PREFIX = 'U__';
const ESCAPE = /_(?:_|([0-9a-fA-F]{1,6})_)/y;
const SURROGATE = /\p{Surrogate}/u;
const MAX_CODE_POINT = 0x10ffff;

/** The label of `/label/<name>/values`, which may be escaped as `U__http_2e_method`. Throws PrometheusError `bad_data`. */
export function labelNameParameter(text: string): string {
  const name = text.startsWith(ESCAPED_PREFIX) ? (unescape(text.slice(ESCAPED_PREFIX.length)) ?? text) : text;
  if (name === '' || SURROGATE.test(name)) throw new PrometheusError('bad_data', `invalid label name: ${quoted(name)}`);
  return name;
}

/** `_` and a code point in hexadecimal and `_` for what Prometheus' older names cannot hold, `__` for `_` itself; null when it is something else. */
function unescape(escaped: string): string | null {
  let name = '';
  for (let at = 0; at < escaped.length; ) {
    if (escaped[at] !== '_') {
      name += escaped[at++];
      continue;
    }
    ESCAPE.lastIndex = at;
    const found = ESCAPE.exec(escaped);
    const code = found === null ? NaN : parseInt(found[1] ?? '5f', 16);
    if (!(code <= MAX_CODE_POINT) || (code >= 0xd800 && code < 0xe000)) return null;
    name += String.fromCodePoint(code);
    at = ESCAPE.lastIndex;
  }
  return name;
}
