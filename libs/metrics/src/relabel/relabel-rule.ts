import { z } from 'zod';
import { compileAnchored } from '../labels/anchored-regexp.js';
import { PatternError } from '../labels/compile-pattern.js';

export const RELABEL_ACTIONS = ['replace', 'keep', 'drop', 'keepequal', 'dropequal', 'hashmod', 'labelmap', 'labeldrop', 'labelkeep', 'lowercase', 'uppercase'] as const;
export type RelabelAction = (typeof RELABEL_ACTIONS)[number];

/** One rule, complete and sound: only `relabelRuleSchema` makes it. */
export interface RelabelRule {
  readonly action: RelabelAction;
  readonly sourceLabels: readonly string[];
  readonly separator: string;
  readonly regex: string;
  readonly modulus: number;
  readonly targetLabel: string;
  readonly replacement: string;
}

export const RELABEL_DEFAULTS = { action: 'replace', separator: ';', regex: '(.*)', replacement: '$1', modulus: 0, target_label: '' } as const;

// YAML reads `regex: 5` and `replacement: true` as no texts; Prometheus takes them as they are written.
const scalarText = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const labelName = scalarText.refine((name) => isLabelName(name), { error: ({ input }) => `${JSON.stringify(input)} is not a valid label name` });

const fields = z.strictObject({
  source_labels: z.array(labelName).nullish().transform((names) => names ?? []),
  separator: scalarText.nullish().transform((text) => text ?? RELABEL_DEFAULTS.separator),
  // An empty regex matches only nothing; a missing one, everything.
  regex: scalarText.optional().nullable().transform((text) => (text === undefined ? RELABEL_DEFAULTS.regex : (text ?? ''))),
  modulus: z.int().nonnegative().nullish().transform((value) => value ?? RELABEL_DEFAULTS.modulus),
  target_label: scalarText.nullish().transform((text) => text ?? RELABEL_DEFAULTS.target_label),
  replacement: scalarText.nullish().transform((text) => text ?? RELABEL_DEFAULTS.replacement),
  action: z.string().default(RELABEL_DEFAULTS.action).transform(toAction),
});
type Fields = z.output<typeof fields>;

/** A rule as `relabel_configs` and `metric_relabel_configs` have it (Prometheus' configuration, section "relabel_config"), with Prometheus' texts for what is wrong. */
export const relabelRuleSchema = fields
  .superRefine((rule, context) => {
    const problem = ruleProblem(rule) ?? regexProblem(rule.regex);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  })
  .transform(
    (rule): RelabelRule => ({
      action: rule.action,
      sourceLabels: rule.source_labels,
      separator: rule.separator,
      regex: rule.regex,
      modulus: rule.modulus,
      targetLabel: rule.target_label,
      replacement: rule.replacement,
    }),
  );

/** Any text is a name but the empty one: label names are UTF-8 since Prometheus 3. */
export function isLabelName(name: string): boolean {
  return name !== '' && !/\p{Surrogate}/u.test(name);
}

function toAction(written: string, context: z.RefinementCtx): RelabelAction {
  const action = RELABEL_ACTIONS.find((known) => known === written.toLowerCase());
  if (action !== undefined) return action;
  context.addIssue({ code: 'custom', message: `unknown relabel action ${JSON.stringify(written)}` });
  return z.NEVER;
}

const NEEDS_TARGET: ReadonlySet<RelabelAction> = new Set(['replace', 'hashmod', 'lowercase', 'uppercase', 'keepequal', 'dropequal']);
const TAKES_NO_REPLACEMENT: ReadonlySet<RelabelAction> = new Set(['lowercase', 'uppercase', 'keepequal', 'dropequal']);

function ruleProblem(rule: Fields): string | null {
  const { action, modulus, target_label: target, replacement } = rule;
  if (action === 'hashmod' && modulus === 0) return 'relabel configuration for hashmod requires non-zero modulus';
  if (NEEDS_TARGET.has(action) && target === '') return `relabel configuration for ${action} action requires 'target_label' value`;
  if (NEEDS_TARGET.has(action) && !isLabelName(target)) return `${JSON.stringify(target)} is invalid 'target_label' for ${action} action`;
  if (TAKES_NO_REPLACEMENT.has(action) && replacement !== RELABEL_DEFAULTS.replacement) return `'replacement' can not be set for ${action} action`;
  if (action === 'labelmap' && !isLabelName(replacement)) return `${JSON.stringify(replacement)} is invalid 'replacement' for ${action} action`;
  return superfluous(rule);
}

function superfluous(rule: Fields): string | null {
  const differs = (...names: readonly (keyof typeof RELABEL_DEFAULTS)[]): boolean => names.some((name) => rule[name] !== RELABEL_DEFAULTS[name]);
  switch (rule.action) {
    case 'keepequal':
    case 'dropequal':
      return differs('regex', 'modulus', 'separator', 'replacement') ? `${rule.action} action requires only 'source_labels' and \`target_label\`, and no other fields` : null;
    case 'labeldrop':
    case 'labelkeep':
      return rule.source_labels.length > 0 || differs('target_label', 'modulus', 'separator', 'replacement') ? `${rule.action} action requires only 'regex', and no other fields` : null;
    default:
      return null;
  }
}

function regexProblem(regex: string): string | null {
  try {
    compileAnchored(regex);
    return null;
  } catch (cause) {
    if (cause instanceof PatternError) return cause.message;
    throw cause;
  }
}
