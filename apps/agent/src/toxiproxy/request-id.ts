const DIGITS = '0123456789abcdefghijklmnopqrstuv';

/** Makes ids of the shape that Toxiproxy sends: 12 bytes (seconds, five of this maker, a counter of three) as 20 base-32 digits, so later ones sort later. */
export function createRequestIds(random: () => number, wallMs: () => number): () => string {
  const byte = (): number => Math.floor(random() * 256);
  const maker = [byte(), byte(), byte(), byte(), byte()];
  let count = Math.floor(random() * 2 ** 24);
  return () => {
    count = (count + 1) % 2 ** 24;
    return base32([...bigEndian(Math.floor(wallMs() / 1000), 4), ...maker, ...bigEndian(count, 3)]);
  };
}

function bigEndian(value: number, length: number): number[] {
  return Array.from({ length }, (_, i) => Math.floor(value / 256 ** (length - 1 - i)) % 256);
}

function base32(bytes: readonly number[]): string {
  const bits = `${bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('')}0000`;
  return bits.match(/.{5}/g)!.map((five) => DIGITS[parseInt(five, 2)]).join('');
}
