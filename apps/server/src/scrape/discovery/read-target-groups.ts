import { z } from 'zod';
import { targetGroup } from '../config/discovery-schema.js';
import { readYaml } from '../config/yaml-document.js';
import type { TargetGroup } from './target-group.js';

const groups = z.array(targetGroup, 'must be a list of groups of targets');
const SHOWN_PROBLEMS = 3;

/** `[{"targets": ["host:port"], "labels": {"name": "value"}}]` (Prometheus' documentation, "HTTP SD"). Throws an Error that says what is wrong. */
export function readJsonGroups(text: string): readonly TargetGroup[] {
  return parsed(JSON.parse(text));
}

/** The same in YAML. */
export function readYamlGroups(file: string, text: string): readonly TargetGroup[] {
  return parsed(readYaml(file, text).root ?? []);
}

function parsed(value: unknown): readonly TargetGroup[] {
  const result = groups.safeParse(value);
  if (result.success) return result.data;
  throw new Error(result.error.issues.slice(0, SHOWN_PROBLEMS).map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`)).join('; '));
}

/** Adds to what all targets of each group share. */
export function withLabel(found: readonly TargetGroup[], name: string, value: string): readonly TargetGroup[] {
  return found.map(({ targets, labels }) => ({ targets, labels: new Map([...labels, [name, value]]) }));
}
