import { parseScriptDuration } from './script-duration.js';

const ITEM = /^(?:_(?:x(?<omitted>\d+))?|\*(?:x(?<same>\d+))?|(?<base>[+-]?\d+[a-wyz]*)(?:(?<step>[+-]\d+[a-wyz]*)?x(?<times>\d+))?)$/;

/**
 * When the counter behind each sample began, as offsets in milliseconds from the sample's own time; null where that is not known. `*` is the one before.
 */
export function parseStartTimes(text: string): readonly (number | null)[] {
  const offsetsMs: (number | null)[] = [];
  for (const item of text.split(/\s+/)) {
    const groups = ITEM.exec(item)?.groups;
    if (groups === undefined) throw new Error(`invalid start time ${JSON.stringify(item)}`);
    const { omitted, same, base, step, times } = groups;
    if (item.startsWith('_')) offsetsMs.push(...Array.from({ length: Number(omitted ?? 1) }, () => null));
    else if (base === undefined) {
      const previous = offsetsMs.findLast((offset) => offset !== null) ?? 0;
      offsetsMs.push(...Array.from({ length: Number(same ?? 0) + 1 }, () => previous));
    } else {
      const [baseMs, stepMs] = [signedDurationMs(base), step === undefined ? 0 : signedDurationMs(step)];
      offsetsMs.push(...Array.from({ length: Number(times ?? 0) + 1 }, (_, index) => baseMs + index * stepMs));
    }
  }
  return offsetsMs;
}

const signedDurationMs = (text: string): number => parseScriptDuration(text.replace(/^[+-]/, '')) * (text.startsWith('-') ? -1 : 1);
