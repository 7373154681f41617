import { numberAt } from '../http/json.js';
import type { Answer } from '../http/route.js';
import { randomHex } from '../trace/random-hex.js';
import type { ProcessContext, StartedProcess } from '../process/process-context.js';
import { naturalWait } from './natural-wait.js';

const ACQUIRER_MEDIAN_MS = 18;
// Cards without cover: an honest 402, the customer's trouble and not the shop's.
const DECLINED_SHARE = 0.03;
const ACQUIRER_LOST_SHARE = 0.002;

/** A leaf: takes the money, as far as a demo can. */
export function startPayments({ random }: ProcessContext<'payments'>): StartedProcess {
  async function charge(body: unknown): Promise<Answer> {
    const amountCents = numberAt(body, 'amountCents');
    if (amountCents === null || amountCents <= 0) return { status: 400, body: { error: 'amountCents must be above 0' } };
    await naturalWait(ACQUIRER_MEDIAN_MS, random);
    const dice = random();
    if (dice < ACQUIRER_LOST_SHARE) return { status: 502, body: { error: 'the acquirer did not answer' } };
    if (dice < ACQUIRER_LOST_SHARE + DECLINED_SHARE) return { status: 402, body: { error: 'the card was declined' } };
    return { status: 201, body: { chargeId: `ch-${randomHex(8)}`, amountCents } };
  }
  return { routes: [{ method: 'POST', path: '/charges', handle: ({ body }) => charge(body) }] };
}
