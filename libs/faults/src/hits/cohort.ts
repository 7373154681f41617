import type { Cohort } from '#contracts';
import type { ConnectionFacts, RequestFacts } from '../edge-rule.js';

/** Whether a request, or a connection where there are no requests to see, belongs to the cohort. What lacks the key belongs to none. */
export type CohortMatcher = (connection: ConnectionFacts, request: RequestFacts | null) => boolean;

export function compileCohort(cohort: Cohort): CohortMatcher {
  return (connection, request) => {
    const key = keyOf(cohort, connection, request);
    if (key === null) return false;
    const percent = cohortPercent(cohort.salt, key);
    return percent >= cohort.fromPercent && percent < cohort.toPercent;
  };
}

/**
 * Where a key falls in [0, 100), in steps of 0.01: stable as long as the salt is, and another salt draws other groups. FNV-1a (Fowler, Noll, Vo;
 * 32 bits) of the UTF-8 bytes of salt, a zero byte and key. Its upper bits hardly differ between keys that differ at their end, as numbered users
 * do, so the finalizer of MurmurHash3 (Appleby) mixes them.
 */
export function cohortPercent(salt: string, key: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${salt}\0${key}`)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  return Math.floor(((hash >>> 0) / 0x1_0000_0000) * 10_000) / 100;
}

function keyOf(cohort: Cohort, connection: ConnectionFacts, request: RequestFacts | null): string | null {
  switch (cohort.by) {
    case 'address':
      return connection.sourceAddress;
    case 'header':
      // Several fields of a name mean the same as one with commas (RFC 9110 section 5.2).
      return request?.headers.get(cohort.name?.toLowerCase() ?? '')?.join(', ') ?? null;
    case 'cookie':
      return request === null ? null : cookieOf(request, cohort.name ?? '');
    case 'trace-id':
      return request === null ? null : traceIdOf(request);
  }
}

/** The value of the first cookie of that name (RFC 6265 section 4.2); null when the request has none. */
function cookieOf(request: RequestFacts, name: string): string | null {
  for (const field of request.headers.get('cookie') ?? []) {
    for (const pair of field.split(';')) {
      const equals = pair.indexOf('=');
      if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
    }
  }
  return null;
}

const TRACE_PARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?$/;

/** The trace id of the caller (W3C Trace Context section 3.2); null for what is missing, doubled or invalid. */
function traceIdOf(request: RequestFacts): string | null {
  const values = request.headers.get('traceparent') ?? [];
  const [, version, traceId] = (values.length === 1 ? TRACE_PARENT.exec(values[0] ?? '') : null) ?? [];
  if (traceId === undefined || version === 'ff' || /^0+$/.test(traceId)) return null;
  return traceId;
}
