const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const INFINITIES: ReadonlyMap<string, number> = new Map([['+Inf', Infinity], ['-Inf', -Infinity]]);

/** The number that a label spells (OpenMetrics 1.0, "Canonical Numbers": any spelling will do but for the infinities); null when it is none. */
export function labelNumber(text: string): number | null {
  const value = DECIMAL.test(text) ? Number(text) : (INFINITIES.get(text) ?? null);
  return value !== null && !Number.isFinite(value) && !INFINITIES.has(text) ? null : value;
}
