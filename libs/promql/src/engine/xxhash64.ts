const PRIME_1 = 0x9e3779b185ebca87n;
const PRIME_2 = 0xc2b2ae3d27d4eb4fn;
const PRIME_3 = 0x165667b19e3779f9n;
const PRIME_4 = 0x85ebca77c2b2ae63n;
const PRIME_5 = 0x27d4eb2f165667c5n;
const STRIPE_BYTES = 32;

/** XXH64 with seed 0 (xxHash specification, "XXH64 algorithm description"). */
export function xxhash64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stripesEnd = bytes.length - (bytes.length % STRIPE_BYTES);
  let hash = add(stripesEnd === 0 ? PRIME_5 : hashStripes(view, stripesEnd), BigInt(bytes.length));
  let at = stripesEnd;
  for (; at + 8 <= bytes.length; at += 8) hash = add(multiply(rotate(hash ^ round(0n, view.getBigUint64(at, true)), 27n), PRIME_1), PRIME_4);
  for (; at + 4 <= bytes.length; at += 4) hash = add(multiply(rotate(hash ^ multiply(BigInt(view.getUint32(at, true)), PRIME_1), 23n), PRIME_2), PRIME_3);
  for (; at < bytes.length; at++) hash = multiply(rotate(hash ^ multiply(BigInt(bytes[at]!), PRIME_5), 11n), PRIME_1);
  return avalanche(hash);
}

function hashStripes(view: DataView, end: number): bigint {
  const lanes: [bigint, bigint, bigint, bigint] = [add(PRIME_1, PRIME_2), PRIME_2, 0n, BigInt.asUintN(64, -PRIME_1)];
  for (let at = 0; at < end; at += 8) {
    const lane = (at >> 3) & 3;
    lanes[lane] = round(lanes[lane]!, view.getBigUint64(at, true));
  }
  const [a, b, c, d] = lanes;
  let hash = BigInt.asUintN(64, rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n));
  for (const lane of lanes) hash = add(multiply(hash ^ round(0n, lane), PRIME_1), PRIME_4);
  return hash;
}

function round(lane: bigint, input: bigint): bigint {
  return multiply(rotate(add(lane, multiply(input, PRIME_2)), 31n), PRIME_1);
}

function avalanche(hash: bigint): bigint {
  const once = multiply(hash ^ (hash >> 33n), PRIME_2);
  const twice = multiply(once ^ (once >> 29n), PRIME_3);
  return twice ^ (twice >> 32n);
}

function add(a: bigint, b: bigint): bigint {
  return BigInt.asUintN(64, a + b);
}

function multiply(a: bigint, b: bigint): bigint {
  return BigInt.asUintN(64, a * b);
}

function rotate(value: bigint, bits: bigint): bigint {
  return BigInt.asUintN(64, (value << bits) | (value >> (64n - bits)));
}
