import { seededRandom } from '../chance/random.js';
import type { ProcessContext, StartedProcess } from '../process/process-context.js';
import { PRODUCTS } from './goods.js';
import { naturalWait } from './natural-wait.js';

const DIMENSIONS = 12;
const SHOWN = 4;
const MODEL_READ_MEDIAN_MS = 4;
// Fixed: the same products are alike at every start.
const EMBEDDING_SEED = 2_026;
// A model that is being swapped: the small share of failures that no real service is without.
const UNAVAILABLE_SHARE = 0.002;

/** A leaf: which products are like this one, by comparing it with all others each time. */
export function startRecommendations({ random }: ProcessContext<'recommendations'>): StartedProcess {
  const embeddings = embedProducts();
  return {
    routes: [
      {
        method: 'GET',
        path: '/similar/:sku',
        handle: async ({ params }) => {
          await naturalWait(MODEL_READ_MEDIAN_MS, random);
          if (random() < UNAVAILABLE_SHARE) return { status: 503, body: { error: 'the model is being replaced' } };
          return { status: 200, body: { similar: mostSimilar(params.sku ?? '', embeddings) } };
        },
      },
    ],
  };
}

function embedProducts(): ReadonlyMap<string, Float32Array> {
  const random = seededRandom(EMBEDDING_SEED);
  return new Map(PRODUCTS.map(({ sku }) => [sku, Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5)]));
}

function mostSimilar(sku: string, embeddings: ReadonlyMap<string, Float32Array>): string[] {
  const own = embeddings.get(sku);
  if (own === undefined) return [];
  const scored = [...embeddings].filter(([other]) => other !== sku).map(([other, vector]) => ({ other, score: dot(own, vector) }));
  return scored.sort((a, b) => b.score - a.score).slice(0, SHOWN).map(({ other }) => other);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
