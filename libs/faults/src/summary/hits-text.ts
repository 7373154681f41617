import type { Cohort, Match, Occurrence } from '#contracts';
import type { ConnectionHitParams, HitParams } from '../hits/hits.js';
import { percentText } from './percent-text.js';

/** `20 % of requests`, `100 % of requests (GET, path /pay/*, first 3)`. */
export function messagesText(params: HitParams): string {
  return withParts(`${percentText(params.share)} of requests`, [...matchParts(params.match), ...occurrenceParts(params.occurrence)]);
}

/** `20 % of connections`, `100 % of connections (from 10.0.0.0/8)`. */
export function connectionsText({ share, sourceAddress }: ConnectionHitParams): string {
  return withParts(`${percentText(share)} of connections`, sourceParts(sourceAddress));
}

function withParts(text: string, parts: readonly string[]): string {
  return parts.length === 0 ? text : `${text} (${parts.join(', ')})`;
}

function matchParts({ method, path, headers = [], status, sourceAddress, cohort }: Match = {}): readonly string[] {
  return [
    ...(method === undefined ? [] : [method]),
    ...(path === undefined ? [] : [`path ${path}`]),
    ...headers.map(({ name, value }) => `${name}: ${value}`),
    ...(status === undefined ? [] : [`status ${anyOf(status)}`]),
    ...sourceParts(sourceAddress),
    ...(cohort === undefined ? [] : [cohortText(cohort)]),
  ];
}

function sourceParts(sourceAddress: readonly string[] | undefined): readonly string[] {
  return sourceAddress === undefined ? [] : [`from ${anyOf(sourceAddress)}`];
}

function cohortText({ by, name, fromPercent, toPercent }: Cohort): string {
  return `${fromPercent} to ${toPercent} % by ${by}${name === undefined ? '' : ` ${name}`}`;
}

function occurrenceParts(occurrence: Occurrence | undefined): readonly string[] {
  if (occurrence === undefined) return [];
  const { afterCount, everyCount, firstCount } = occurrence;
  return [...(afterCount > 0 ? [`after ${afterCount}`] : []), ...(everyCount > 1 ? [`one in ${everyCount}`] : []), ...(firstCount === undefined ? [] : [`first ${firstCount}`])];
}

// A summary is one line of a log or table.
const MOST_NAMED = 3;

function anyOf(names: readonly (string | number)[]): string {
  const named = names.slice(0, MOST_NAMED);
  return (names.length > MOST_NAMED ? [...named, `${names.length - MOST_NAMED} more`] : named).join(' or ');
}
