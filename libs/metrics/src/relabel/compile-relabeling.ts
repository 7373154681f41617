import { compileAnchored } from '../labels/anchored-regexp.js';
import type { AnchoredRegexp } from '../labels/anchored-regexp.js';
import { expandTemplate } from '../labels/expand-template.js';
import type { Labels } from '../labels/labels.js';
import { md5 } from '../labels/md5.js';
import { LabelDraft } from './label-draft.js';
import { isLabelName, RELABEL_DEFAULTS } from './relabel-rule.js';
import type { RelabelAction, RelabelRule } from './relabel-rule.js';
import { toSimpleLowerCase, toSimpleUpperCase } from './simple-case.js';

/** Gives the labels after all rules, or null when a rule drops them. */
export type Relabeling = (labels: Labels) => Labels | null;

/** The rules take effect one after another. Rules come from `relabelRuleSchema`, so this does not throw. */
export function compileRelabeling(rules: readonly RelabelRule[]): Relabeling {
  const steps = rules.map((rule) => {
    const regexp = compileAnchored(rule.regex);
    return (draft: LabelDraft): Verdict => ACTIONS[rule.action](draft, rule, regexp);
  });
  return (labels) => {
    const draft = new LabelDraft(labels);
    return steps.some((step) => step(draft) === 'drop') ? null : draft.finish();
  };
}

type Verdict = 'go on' | 'drop';
type Action = (draft: LabelDraft, rule: RelabelRule, regexp: AnchoredRegexp) => Verdict;

const UTF8 = new TextEncoder();

const ACTIONS: Readonly<Record<RelabelAction, Action>> = {
  replace,
  keep: (draft, rule, regexp) => (regexp.matches(source(draft, rule)) ? 'go on' : 'drop'),
  drop: (draft, rule, regexp) => (regexp.matches(source(draft, rule)) ? 'drop' : 'go on'),
  keepequal: (draft, rule) => (draft.get(rule.targetLabel) === source(draft, rule) ? 'go on' : 'drop'),
  dropequal: (draft, rule) => (draft.get(rule.targetLabel) === source(draft, rule) ? 'drop' : 'go on'),
  hashmod: setting((value, { modulus }) => hashOf(value, modulus)),
  lowercase: setting(toSimpleLowerCase),
  uppercase: setting(toSimpleUpperCase),
  labelmap: (draft, { replacement }, regexp) => {
    for (const [name, value] of draft.entries()) {
      const groups = regexp.groups(name);
      const target = groups === null ? '' : expandTemplate(replacement, groups);
      if (target !== '') draft.set(target, value);
    }
    return 'go on';
  },
  labeldrop: removing((matches) => matches),
  labelkeep: removing((matches) => !matches),
};

function source(draft: LabelDraft, { sourceLabels, separator }: RelabelRule): string {
  return sourceLabels.map((name) => draft.get(name)).join(separator);
}

function replace(draft: LabelDraft, rule: RelabelRule, regexp: AnchoredRegexp): Verdict {
  const value = source(draft, rule);
  // Most rules of this kind only set a label to a text; then there is no need to match.
  if (rule.regex === RELABEL_DEFAULTS.regex && !rule.targetLabel.includes('$') && !rule.replacement.includes('$')) {
    draft.set(rule.targetLabel, rule.replacement);
    return 'go on';
  }
  const groups = regexp.groups(value);
  if (groups === null) return 'go on';
  const target = expandTemplate(rule.targetLabel, groups);
  if (isLabelName(target)) draft.set(target, expandTemplate(rule.replacement, groups));
  return 'go on';
}

function setting(valueOf: (value: string, rule: RelabelRule) => string): Action {
  return (draft, rule) => {
    draft.set(rule.targetLabel, valueOf(source(draft, rule), rule));
    return 'go on';
  };
}

function removing(decide: (matches: boolean) => boolean): Action {
  return (draft, _rule, regexp) => {
    for (const [name] of draft.entries()) if (decide(regexp.matches(name))) draft.delete(name);
    return 'go on';
  };
}

/** The last eight bytes of the MD5 sum as a big-endian number, as Prometheus has it, so that shards agree. */
function hashOf(value: string, modulus: number): string {
  const digest = md5(UTF8.encode(value));
  return String(new DataView(digest.buffer).getBigUint64(8) % BigInt(modulus));
}
