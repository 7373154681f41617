import { PrometheusError, invalidParameter } from './prometheus-error.js';
import type { RequestForm } from './request-form.js';
import { MAX_TIME_MS, MIN_TIME_MS, ParameterProblem, parseLengthMs, parseTimeMs, quoted } from './time-parameter.js';

const WHOLE_NUMBER = /^[+-]?\d+$/;

/** The parameters that several routes of Prometheus' API share, with its words for what is wrong. All throw PrometheusError `bad_data`. */
export function requiredTimeMs(form: RequestForm, name: string): number {
  return read(name, () => parseTimeMs(form.value(name)));
}

export function optionalTimeMs(form: RequestForm, name: string, presetMs: number): number {
  const text = form.value(name);
  if (text === '') return presetMs;
  return read(name, () => parseTimeMs(text), `invalid time value for '${name}': `);
}

export function requiredLengthMs(form: RequestForm, name: string): number {
  return read(name, () => parseLengthMs(form.value(name)));
}

export function optionalLengthMs(form: RequestForm, name: string): number | null {
  return form.value(name) === '' ? null : requiredLengthMs(form, name);
}

/** 0: none. */
export function limitOf(form: RequestForm): number {
  const text = form.value('limit');
  if (text === '') return 0;
  if (!WHOLE_NUMBER.test(text)) throw invalidParameter('limit', `strconv.Atoi: parsing ${quoted(text)}: invalid syntax`);
  if (!Number.isSafeInteger(Number(text))) throw invalidParameter('limit', `strconv.Atoi: parsing ${quoted(text)}: value out of range`);
  if (Number(text) < 0) throw invalidParameter('limit', 'limit must be non-negative');
  return Number(text);
}

/** A whole number, or null when there is none. */
export function optionalNumber(form: RequestForm, name: string, problem: string): number | null {
  const text = form.value(name);
  if (text === '') return null;
  if (!WHOLE_NUMBER.test(text) || !Number.isSafeInteger(Number(text))) throw new PrometheusError('bad_data', problem);
  return Number(text);
}

/** From `start` to `end`, either of which may be left open. */
export function optionalSpan(form: RequestForm): { readonly fromMs: number; readonly toMs: number } {
  return { fromMs: optionalTimeMs(form, 'start', MIN_TIME_MS), toMs: optionalTimeMs(form, 'end', MAX_TIME_MS) };
}

/** Null: the default of the server. */
export function lookbackOf(form: RequestForm): number | null {
  const text = form.value('lookback_delta');
  if (text === '') return null;
  try {
    const ms = Math.trunc(parseLengthMs(text));
    return ms > 0 ? ms : null;
  } catch (problem) {
    if (problem instanceof ParameterProblem) throw new PrometheusError('bad_data', `error parsing lookback delta duration: ${problem.message}`);
    throw problem;
  }
}

function read(name: string, parse: () => number, before = ''): number {
  try {
    return parse();
  } catch (problem) {
    if (problem instanceof ParameterProblem) throw invalidParameter(name, before + problem.message);
    throw problem;
  }
}
