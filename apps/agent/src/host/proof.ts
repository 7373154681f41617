import type { Proof } from '#contracts';

type Finding = Omit<Proof, 'atMs'>;

const MAX_CHARS = 300;

/** A proof as it is sent: dated, and no longer than a message takes. */
export function proofOf({ verdict, asked, got, how }: Finding): Proof {
  return { verdict, asked: asked.slice(0, MAX_CHARS), got: got.slice(0, MAX_CHARS), how: how.slice(0, MAX_CHARS), atMs: Date.now() };
}
