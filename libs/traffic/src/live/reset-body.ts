import type { ResetFrame } from '#contracts';
import type { ByteReader } from '../bytes/byte-reader.js';
import type { ByteWriter } from '../bytes/byte-writer.js';

const REASON_CODES: Readonly<Record<ResetFrame['reason'], number>> = { behind: 1, 'topology-replaced': 2, 'server-restarted': 3 };
const REASONS = new Map(Object.entries(REASON_CODES).map(([reason, code]) => [code, reason as ResetFrame['reason']]));

export function writeReset(writer: ByteWriter, frame: ResetFrame): void {
  writer.u8(REASON_CODES[frame.reason]);
}

export function readReset(reader: ByteReader): ResetFrame['reason'] {
  const code = reader.u8('the reason');
  return REASONS.get(code) ?? reader.refuse(`the reason is ${code}`);
}
