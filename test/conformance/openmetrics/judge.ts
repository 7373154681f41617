import { ExpositionError, ExpositionReader } from '#metrics';

const reader = new ExpositionReader({ seed: { low: 0x5eed, high: 0x0ddba11 }, strict: true });

/** Null: judged as it should be. */
export interface Problem {
  readonly expected: string;
  readonly got: string;
}

/** Whether a body is taken as valid OpenMetrics 1.0 exactly when it is. Any other error than the reader's own is a problem in either case. */
export function judge({ body, isValid }: { readonly body: Uint8Array; readonly isValid: boolean }): Problem | null {
  const got = verdict(body);
  const isRight = isValid ? got === 'valid' : got.startsWith('invalid: ');
  return isRight ? null : { expected: isValid ? 'valid' : 'invalid', got };
}

function verdict(body: Uint8Array): string {
  try {
    reader.read(body, 'openmetrics-text', { sample: (sample) => void sample.labels(), family: () => undefined });
    return 'valid';
  } catch (error) {
    if (error instanceof ExpositionError) return `invalid: ${error.message}`;
    return `a crash: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}
