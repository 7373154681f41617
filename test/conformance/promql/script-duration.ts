const UNIT_MS: Readonly<Record<string, number>> = { y: 31_536_000_000, w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
const FORM = /^(?:(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?|0)$/;

/** Milliseconds of a duration such as 1h30m or 0. Throws when it is none. */
export function parseScriptDuration(text: string): number {
  if (text === '' || !FORM.test(text)) throw new Error(`not a valid duration string: ${JSON.stringify(text)}`);
  return [...text.matchAll(/(\d+)([a-z]+)/g)].reduce((total, [, count, unit]) => total + Number(count) * UNIT_MS[unit!]!, 0);
}
