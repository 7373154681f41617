import { STATUS_CLASSES } from '#contracts';
import type { Match } from '#contracts';
import type { ConnectionFacts, RequestFacts, ResponseFacts } from '../edge-rule.js';
import { compileCohort } from './cohort.js';
import { compileGlob } from './glob.js';
import { compileNetwork } from './network.js';

/** What can be seen of a message at the moment of asking; on a tcp edge there is neither. */
export interface MessageFacts {
  readonly request: RequestFacts | null;
  readonly response: ResponseFacts | null;
}
export type MessageMatcher = (message: MessageFacts) => boolean;

/** Null: nothing on this connection can match. */
export type MatchCompiler = (connection: ConnectionFacts) => MessageMatcher | null;

const ALL: MessageMatcher = () => true;

/** Everything that is given must hold; what is left out matches everything. A message that lacks what is asked for does not match. */
export function compileMatch(match: Match | undefined): MatchCompiler {
  if (match === undefined) return () => ALL;
  const fromSource = compileSource(match.sourceAddress);
  const cohort = match.cohort === undefined ? null : compileCohort(match.cohort);
  const tests = [...requestTests(match), ...responseTests(match)];
  const cohortOfConnection = match.cohort?.by === 'address';
  return (connection) => {
    if (!fromSource(connection)) return null;
    if (cohort === null) return matchAll(tests);
    if (cohortOfConnection) return cohort(connection, null) ? matchAll(tests) : null;
    return matchAll([...tests, ({ request }) => cohort(connection, request)]);
  };
}

/** Whether a connection comes from one of the networks; every one does when none is given. */
export function compileSource(networks: readonly string[] | undefined): (connection: ConnectionFacts) => boolean {
  const matchers = networks?.map(compileNetwork);
  return ({ sourceAddress }) => matchers === undefined || matchers.some((contains) => contains(sourceAddress));
}

function matchAll(tests: readonly MessageMatcher[]): MessageMatcher {
  return tests.length === 0 ? ALL : (message) => tests.every((test) => test(message));
}

function requestTests({ method, path, headers = [] }: Match): readonly MessageMatcher[] {
  const tests = headers.map(({ name, value }) => headerTest(name.toLowerCase(), value));
  if (path !== undefined) {
    const glob = compileGlob(path);
    tests.unshift(({ request }) => request !== null && glob(request.path));
  }
  if (method !== undefined) tests.unshift(({ request }) => request?.method === method);
  return tests;
}

/** One of the values of the name must match. */
function headerTest(name: string, value: string): MessageMatcher {
  const glob = compileGlob(value);
  return ({ request }) => request?.headers.get(name)?.some(glob) ?? false;
}

function responseTests({ status }: Match): readonly MessageMatcher[] {
  if (status === undefined) return [];
  const codes = new Set(status);
  return [({ response }) => response !== null && (codes.has(response.status) || codes.has(classOf(response.status)))];
}

function classOf(status: number): (typeof STATUS_CLASSES)[number] | 0 {
  return STATUS_CLASSES[Math.floor(status / 100) - 1] ?? 0;
}
