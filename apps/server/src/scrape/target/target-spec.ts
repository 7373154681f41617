import { createHash } from 'node:crypto';
import { compileRelabeling, labelsFromPairs, labelsKey, LabelsError } from '#metrics';
import type { Labels, Relabeling } from '#metrics';
import { formatDuration, parseDurationMs } from '../config/duration.js';
import type { ScrapeJob } from '../config/scrape-config.js';
import { ADDRESS_LABEL } from '../discovery/target-group.js';
import type { TargetGroup } from '../discovery/target-group.js';

/** What is to be scraped, and how often. */
export interface TargetSpec {
  /** Of the job, the labels and the URL: the same target has the same id in every process. */
  readonly id: string;
  /** Before relabelling. */
  readonly discoveredLabels: Labels;
  /** What every series of the target carries. */
  readonly labels: Labels;
  readonly url: URL;
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

export type TargetOutcome =
  | { readonly kind: 'active'; readonly spec: TargetSpec }
  | { readonly kind: 'dropped'; readonly discoveredLabels: Labels }
  | { readonly kind: 'unusable'; readonly discoveredLabels: Labels; readonly problem: string };

const LABEL = { job: 'job', instance: 'instance', interval: '__scrape_interval__', timeout: '__scrape_timeout__', path: '__metrics_path__', scheme: '__scheme__', param: '__param_' } as const;
const HIDDEN_PREFIX = '__';
const ADDRESS = /^[^\s/?#@\\]+$/;
// Relabelling of Prometheus can turn these on for a target; what they turn on is not there.
const REFUSED_LABELS = ['__unix_socket__', '__scrape_native_histograms__', '__convert_classic_histograms_to_nhcb__'];

class TargetError extends Error {}

/** Turns what a job's discoveries find into targets. */
export class TargetMaker {
  private readonly relabel: Relabeling;

  constructor(private readonly job: ScrapeJob) {
    this.relabel = compileRelabeling(job.targetRules);
  }

  make(group: TargetGroup): TargetOutcome[] {
    return group.targets.map((own) => this.makeOne(own, group.labels));
  }

  private makeOne(own: ReadonlyMap<string, string>, shared: ReadonlyMap<string, string>): TargetOutcome {
    let discoveredLabels: Labels = [];
    try {
      discoveredLabels = labelsFromPairs(this.discovered(own, shared));
      const relabeled = this.relabel(discoveredLabels);
      return relabeled === null ? { kind: 'dropped', discoveredLabels } : { kind: 'active', spec: this.toSpec(discoveredLabels, new Map(relabeled.map(({ name, value }) => [name, value]))) };
    } catch (error) {
      if (error instanceof TargetError || error instanceof LabelsError) return { kind: 'unusable', discoveredLabels, problem: error.message };
      throw error;
    }
  }

  /** The discovery's labels, and under them what the job says of every target. */
  private discovered(own: ReadonlyMap<string, string>, shared: ReadonlyMap<string, string>): Map<string, string> {
    const { name, intervalMs, timeoutMs, metricsPath, scheme, params } = this.job;
    const labels = new Map([...shared, ...own]);
    const presets = { [LABEL.job]: name, [LABEL.interval]: formatDuration(intervalMs), [LABEL.timeout]: formatDuration(timeoutMs), [LABEL.path]: metricsPath, [LABEL.scheme]: scheme };
    const firstParams = [...params].flatMap(([param, [first]]) => (first === undefined ? [] : [[`${LABEL.param}${param}`, first] as const]));
    for (const [label, value] of [...Object.entries(presets), ...firstParams]) if ((labels.get(label) ?? '') === '') labels.set(label, value);
    return labels;
  }

  private toSpec(discoveredLabels: Labels, all: ReadonlyMap<string, string>): TargetSpec {
    const address = addressOf(all);
    for (const name of REFUSED_LABELS) if (!['', 'false'].includes(all.get(name) ?? '')) throw new TargetError(`the label ${name} asks for what is not supported`);
    const intervalMs = durationOf(all, LABEL.interval, 'scrape interval');
    const timeoutMs = durationOf(all, LABEL.timeout, 'scrape timeout');
    if (timeoutMs > intervalMs) throw new TargetError(`scrape timeout cannot be greater than scrape interval (${formatDuration(timeoutMs)} > ${formatDuration(intervalMs)})`);
    const shown = new Map([...all].filter(([name]) => !name.startsWith(HIDDEN_PREFIX)));
    if (!shown.has(LABEL.instance)) shown.set(LABEL.instance, address);
    const labels = labelsFromPairs(shown);
    const url = urlOf(all, address, this.job.params);
    const id = createHash('sha256').update(JSON.stringify([this.job.name, labelsKey(labels), url.href])).digest('base64url').slice(0, 22);
    return { id, discoveredLabels, labels, url, intervalMs, timeoutMs };
  }
}

function addressOf(labels: ReadonlyMap<string, string>): string {
  const address = labels.get(ADDRESS_LABEL) ?? '';
  if (address === '') throw new TargetError('no address');
  if (!ADDRESS.test(address) || !URL.canParse(`http://${address}`)) throw new TargetError(`${JSON.stringify(address.slice(0, 100))} is not a valid hostname`);
  return address;
}

function durationOf(labels: ReadonlyMap<string, string>, label: string, what: string): number {
  const text = labels.get(label) ?? '';
  const ms = parseDurationMs(text);
  if (ms === null) throw new TargetError(`error parsing ${what}: not a valid duration string: ${JSON.stringify(text.slice(0, 100))}`);
  if (ms === 0) throw new TargetError(`${what} cannot be 0`);
  return ms;
}

/** A parameter that is a label stands for the first value of its list. */
function urlOf(labels: ReadonlyMap<string, string>, address: string, params: ReadonlyMap<string, readonly string[]>): URL {
  const scheme = labels.get(LABEL.scheme) ?? '';
  if (scheme !== 'http' && scheme !== 'https') throw new TargetError(`unsupported protocol scheme ${JSON.stringify(scheme.slice(0, 100))}`);
  const url = new URL(`${scheme}://${address}`);
  url.pathname = labels.get(LABEL.path) ?? '';
  const values = new Map([...params].map(([name, list]) => [name, [...list]]));
  for (const [label, value] of labels) {
    if (label.startsWith(LABEL.param)) values.set(label.slice(LABEL.param.length), [value, ...(values.get(label.slice(LABEL.param.length)) ?? []).slice(1)]);
  }
  const byName = [...values].sort(([one], [other]) => (one < other ? -1 : 1));
  url.search = new URLSearchParams(byName.flatMap(([name, list]) => list.map((value): [string, string] => [name, value]))).toString();
  return url;
}
