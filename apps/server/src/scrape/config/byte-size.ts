const SIZE = /^(\d+(?:\.\d+)?)([KMGTPE]?)(?:i?B)$/;
const POWERS = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

/** Bytes of a size as Prometheus' configuration has it (`512MB`, `1.5GiB`, `0`): every unit is a power of 1,024. Null when it is none. */
export function parseByteSize(text: string): number | null {
  if (text === '0') return 0;
  const parts = SIZE.exec(text);
  return parts === null ? null : Math.floor(Number(parts[1]) * 1_024 ** POWERS.indexOf(parts[2] ?? ''));
}
