import type { NewProxy } from '../proxy/proxy-set.js';
import { badBody, json, missing } from './answer.js';
import type { Answer, Problem } from './answer.js';
import { addOrReplace } from './change-proxy.js';
import type { Face, Outcome } from './face.js';
import { goJsonText } from './go-json/go-text.js';
import { proxyJson, readProxies } from './proxy-json.js';
import type { ProxyInput } from './proxy-json.js';

/** `POST /populate`: in order, up to the first proxy that cannot be had; those before it stay. Toxics in the body are passed over, as Toxiproxy does; its errors alone are sent as JSON. */
export async function populate(face: Face, body: Uint8Array): Promise<Answer> {
  const read = readProxies(body);
  if (!read.ok) return report(badBody(read.problem), []);
  const wanted = wantedProxies(read.value);
  if (!wanted.ok) return report(wanted.problem, []);
  // As each was when it was made: one that comes twice is another by then.
  const made: string[] = [];
  for (const proxy of wanted.value) {
    const outcome = await face.turns.run(proxy.name, () => addOrReplace(face, proxy));
    if (!outcome.ok) return report(outcome.problem, made);
    made.push(proxyJson(outcome.value, face.writing));
  }
  return report(null, made);
}

/** Checks the whole list, so that nothing is made of one with a hole in it. */
export function wantedProxies(inputs: readonly ProxyInput[]): Outcome<readonly NewProxy[]> {
  const wanted: NewProxy[] = [];
  for (const [i, { name = '', listen = '', upstream = '', enabled = true }] of inputs.entries()) {
    if (name === '') return { ok: false, problem: missing(`name at proxy ${i + 1}`) };
    if (upstream === '') return { ok: false, problem: missing(`upstream at proxy ${i + 1}`) };
    wanted.push({ name, listen, upstream, enabled, toxics: [] });
  }
  return { ok: true, value: wanted };
}

function report(problem: Problem | null, made: readonly string[]): Answer {
  const head = problem === null ? '' : `"error":${goJsonText(problem.error)},"status":${problem.status},`;
  const proxies = made.length === 0 ? 'null' : `[${made.join(',')}]`;
  return json(problem?.status ?? 201, `{${head}"proxies":${proxies}}`);
}
