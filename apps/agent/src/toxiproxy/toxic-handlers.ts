import type { Toxic } from '#contracts';
import type { ToxicProxy } from '../proxy/proxy-set.js';
import { EMPTY, PROXY_NOT_FOUND, TOXIC_EXISTS, TOXIC_NOT_FOUND, json, refused } from './answer.js';
import type { Answer, Problem } from './answer.js';
import { attempt, forbidden, goneProxy } from './face.js';
import type { Face } from './face.js';
import { toxicsJson } from './proxy-json.js';
import { readToxic, readToxicChange, toxicJson } from './toxic-json.js';

export function listToxics({ proxies, writing }: Face, name: string): Answer {
  const proxy = proxies.find(name);
  return proxy === undefined ? refused(PROXY_NOT_FOUND) : json(200, toxicsJson(proxy, writing.spellings));
}

export function showToxic(face: Face, name: string, toxicName: string): Answer {
  const found = findToxic(face, name, toxicName);
  return found.ok ? written(face, name, found.toxic) : refused(found.problem);
}

/** Answers 200, not 201. */
export function addToxic(face: Face, name: string, body: Uint8Array): Promise<Answer> {
  return face.turns.run(name, async () => {
    const proxy = face.proxies.find(name);
    if (proxy === undefined) return refused(PROXY_NOT_FOUND);
    const read = readToxic(body, (toxic) => (toxicOf(proxy, toxic) === undefined ? null : TOXIC_EXISTS));
    const problem = read.ok ? forbidden(face) : read.problem;
    if (!read.ok || problem !== null) return refused(problem!);
    const added = await attempt(() => face.proxies.addToxic(name, read.toxic), goneProxy(face, name));
    if (!added.ok) return refused(added.problem);
    face.writing.spellings.note(name, read.toxic.name, read.written);
    return written(face, name, read.toxic);
  });
}

/** Merges attributes and toxicity. A body that is refused changes nothing. */
export function updateToxic(face: Face, name: string, toxicName: string, body: Uint8Array): Promise<Answer> {
  return face.turns.run(name, async () => {
    const found = findToxic(face, name, toxicName);
    if (!found.ok) return refused(found.problem);
    const change = readToxicChange(body, found.toxic);
    const problem = change.ok ? forbidden(face) : change.problem;
    if (!change.ok || problem !== null) return refused(problem!);
    const { attributes, toxicity } = change;
    const updated = await attempt(() => face.proxies.updateToxic(name, toxicName, { attributes, toxicity }), () => problemOf(findToxic(face, name, toxicName)));
    return updated.ok ? written(face, name, updated.value) : refused(updated.problem);
  });
}

export async function removeToxic(face: Face, name: string, toxicName: string): Promise<Answer> {
  const found = findToxic(face, name, toxicName);
  if (!found.ok) return refused(found.problem);
  const removed = await attempt(() => face.proxies.removeToxic(name, toxicName), () => problemOf(findToxic(face, name, toxicName)));
  if (!removed.ok) return refused(removed.problem);
  face.writing.spellings.forget(name, toxicName);
  return EMPTY;
}

type Found = { readonly ok: true; readonly toxic: Toxic } | { readonly ok: false; readonly problem: Problem };

function findToxic({ proxies }: Face, name: string, toxicName: string): Found {
  const proxy = proxies.find(name);
  if (proxy === undefined) return { ok: false, problem: PROXY_NOT_FOUND };
  const toxic = toxicOf(proxy, toxicName);
  return toxic === undefined ? { ok: false, problem: TOXIC_NOT_FOUND } : { ok: true, toxic };
}

function problemOf(found: Found): Problem | null {
  return found.ok ? null : found.problem;
}

function toxicOf({ toxics }: ToxicProxy, name: string): Toxic | undefined {
  return toxics.find((toxic) => toxic.name === name);
}

function written({ writing }: Face, proxy: string, toxic: Toxic): Answer {
  return json(200, toxicJson(toxic, writing.spellings.of(proxy, toxic)));
}
