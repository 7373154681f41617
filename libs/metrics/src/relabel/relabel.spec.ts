import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelsFromPairs } from '../labels/build-labels.js';
import { compileRelabeling } from './compile-relabeling.js';
import { relabelRuleSchema } from './relabel-rule.js';
import { toSimpleLowerCase, toSimpleUpperCase } from './simple-case.js';

type Rule = Readonly<Record<string, unknown>>;

function relabel(labels: Readonly<Record<string, string>>, ...rules: readonly Rule[]): Record<string, string> | null {
  const relabeled = compileRelabeling(rules.map((rule) => relabelRuleSchema.parse(rule)))(labelsFromPairs(Object.entries(labels)));
  return relabeled === null ? null : Object.fromEntries(relabeled.map(({ name, value }) => [name, value]));
}

const problemOf = (rule: Rule): string | undefined => relabelRuleSchema.safeParse(rule).error?.issues[0]?.message;

describe('relabelling', () => {
  const target = { host: 'web-1', zone: 'eu', port: 'http' };

  it.each<[string, Rule[], Record<string, string> | null]>([
    ['replace by group', [{ source_labels: ['host'], regex: '(.*)-(.*)', target_label: 'number', replacement: 'n${2}n$2' }], { ...target, number: 'n1n1' }],
    ['replace of joined labels', [{ source_labels: ['host', 'zone'], regex: 'web-(.);(.*)', target_label: 'host', replacement: '$2$1' }], { ...target, host: 'eu1' }],
    ['replace with another separator', [{ source_labels: ['host', 'zone'], separator: '', target_label: 'both' }], { ...target, both: 'web-1eu' }],
    ['replace where nothing matches', [{ source_labels: ['host'], regex: 'web', target_label: 'd', replacement: 'x' }], target],
    ['replace by an empty text, which removes', [{ source_labels: ['host'], regex: 'w.*', target_label: 'zone', replacement: '' }], { host: 'web-1', port: 'http' }],
    ['replace with a fixed text', [{ target_label: 'd', replacement: 'x' }], { ...target, d: 'x' }],
    ['replace into a name made of groups', [{ source_labels: ['host'], regex: '(web)-(.*)', target_label: 'x_$2', replacement: '$1' }], { ...target, x_1: 'web' }],
    ['replace into a name that comes out empty', [{ source_labels: ['host'], regex: '(web)-(.*)', target_label: '$9', replacement: '$1' }], target],
    ['replace with a named group', [{ source_labels: ['host'], regex: '(?P<kind>.*)-1', target_label: 'kind', replacement: '$kind' }], { ...target, kind: 'web' }],
    ['replace across line ends', [{ target_label: 'zone', replacement: 'x\ny' }, { source_labels: ['zone'], target_label: 'd' }], { ...target, zone: 'x\ny', d: 'x\ny' }],
    ['keep', [{ source_labels: ['host'], regex: 'w.*', action: 'keep' }], target],
    ['keep what does not match', [{ source_labels: ['host'], regex: 'e.*', action: 'keep' }], null],
    ['drop, in any case of letters', [{ source_labels: ['host'], regex: '.*b.*', action: 'DROP' }], null],
    ['drop what does not match', [{ source_labels: ['host'], regex: 'b', action: 'drop' }], target],
    ['drop of a label that is absent', [{ source_labels: ['z'], regex: '', action: 'drop' }], null],
    ['drop, and nothing after it', [{ regex: '.*', source_labels: ['host'], action: 'drop' }, { target_label: 'd', replacement: 'x' }], null],
    ['keepequal', [{ source_labels: ['host'], target_label: 'zone', action: 'keepequal' }], null],
    ['keepequal of equals', [{ target_label: 'zone', replacement: 'web-1' }, { source_labels: ['host'], target_label: 'zone', action: 'keepequal' }], { ...target, zone: 'web-1' }],
    ['dropequal', [{ source_labels: ['host'], target_label: 'zone', action: 'dropequal' }], target],
    ['dropequal of labels that are both absent', [{ source_labels: ['y'], target_label: 'z', action: 'dropequal' }], null],
    ['labelmap', [{ regex: '(host|zone)', replacement: 'old_$1', action: 'labelmap' }], { ...target, old_host: 'web-1', old_zone: 'eu' }],
    ['labelmap of several to one: the last stays', [{ regex: 'host|zone|port', replacement: 'any', action: 'labelmap' }], { ...target, any: 'eu' }],
    ['labelmap after a change: what was set comes last', [{ target_label: 'host', replacement: 'new' }, { regex: 'host|zone|port', replacement: 'any', action: 'labelmap' }], { ...target, host: 'new', any: 'new' }],
    ['labeldrop', [{ regex: 'host|zo.*', action: 'labeldrop' }], { port: 'http' }],
    ['labelkeep', [{ regex: 'host|zo.*', action: 'labelkeep' }], { host: 'web-1', zone: 'eu' }],
    ['uppercase', [{ source_labels: ['zone'], target_label: 'd', action: 'uppercase' }], { ...target, d: 'EU' }],
    ['lowercase of an absent label, which removes', [{ source_labels: ['z'], target_label: 'host', action: 'lowercase' }], { zone: 'eu', port: 'http' }],
    // The numbers are from Python: int.from_bytes(hashlib.md5(b'eu').digest()[8:], 'big') % 1000.
    ['hashmod', [{ source_labels: ['zone'], target_label: 'd', action: 'hashmod', modulus: 1000 }], { ...target, d: '563' }],
    ['hashmod of joined labels', [{ source_labels: ['host', 'zone'], target_label: 'd', action: 'hashmod', modulus: 1000 }], { ...target, d: '679' }],
  ])('%s', (_, rules, expected) => {
    expect(relabel(target, ...rules)).toEqual(expected);
  });

  it('shares targets evenly, and gives each one shard', () => {
    const shards = [0, 0, 0, 0];
    for (let i = 0; i < 2_000; i++) shards[Number(relabel({ a: `host${i}` }, { source_labels: ['a'], target_label: 's', action: 'hashmod', modulus: 4 })!.s)]! += 1;
    // Six standard deviations of a binomial count with n = 2000, p = 1/4.
    for (const count of shards) expect(Math.abs(count - 500)).toBeLessThan(117);
  });

  it('sorts what it gives', () => {
    const relabeled = compileRelabeling([relabelRuleSchema.parse({ target_label: 'aa', replacement: 'x' })])(labelsFromPairs([['z', '1'], ['a', '1']]));
    expect(relabeled?.map(({ name }) => name)).toEqual(['a', 'aa', 'z']);
  });
});

describe('relabelRuleSchema', () => {
  it('fills in the defaults, and takes numbers as texts', () => {
    expect(relabelRuleSchema.parse({ target_label: 'x' })).toEqual({ action: 'replace', sourceLabels: [], separator: ';', regex: '(.*)', modulus: 0, targetLabel: 'x', replacement: '$1' });
    expect(relabelRuleSchema.parse({ target_label: 'x', regex: 5, replacement: true })).toMatchObject({ regex: '5', replacement: 'true' });
    expect(relabelRuleSchema.parse({ target_label: 'x', regex: null })).toMatchObject({ regex: '' });
  });

  it.each<[Rule, string]>([
    [{ action: 'explode' }, 'unknown relabel action "explode"'],
    [{ action: 'hashmod', target_label: 'a' }, 'relabel configuration for hashmod requires non-zero modulus'],
    [{ action: 'hashmod', modulus: 8 }, "relabel configuration for hashmod action requires 'target_label' value"],
    [{}, "relabel configuration for replace action requires 'target_label' value"],
    [{ action: 'lowercase' }, "relabel configuration for lowercase action requires 'target_label' value"],
    [{ action: 'uppercase', target_label: 'a', replacement: 'x' }, "'replacement' can not be set for uppercase action"],
    [{ action: 'labelmap', replacement: '' }, '"" is invalid \'replacement\' for labelmap action'],
    [{ action: 'keepequal', target_label: 'a', regex: 'x' }, "keepequal action requires only 'source_labels' and `target_label`, and no other fields"],
    [{ action: 'dropequal', target_label: 'a', modulus: 3 }, "dropequal action requires only 'source_labels' and `target_label`, and no other fields"],
    [{ action: 'labeldrop', source_labels: ['a'] }, "labeldrop action requires only 'regex', and no other fields"],
    [{ action: 'labelkeep', target_label: 'a' }, "labelkeep action requires only 'regex', and no other fields"],
    [{ action: 'keep', regex: '(' }, 'error parsing regexp: missing closing ): `(`'],
    [{ action: 'keep', source_labels: [''] }, '"" is not a valid label name'],
    [{ target_label: 'a', sourcelabels: ['a'] }, 'Unrecognized key: "sourcelabels"'],
  ])('refuses %j', (rule, message) => {
    expect(problemOf(rule)).toBe(message);
  });

  it('refuses or takes any rule, and then it runs (1000 rules)', () => {
    const scalar = fc.oneof(fc.constantFrom('a', 'b', '$1', '(.*)', '', '(', 'x_${1}', '$', 'é'), fc.integer(), fc.constant(null));
    const rule = fc.record(
      { action: fc.constantFrom('replace', 'keep', 'drop', 'keepequal', 'dropequal', 'hashmod', 'labelmap', 'labeldrop', 'labelkeep', 'lowercase', 'uppercase', 'x'), source_labels: fc.array(fc.constantFrom('a', 'b', '')), separator: scalar, regex: scalar, target_label: scalar, replacement: scalar, modulus: fc.nat() },
      { requiredKeys: [] },
    );
    let ran = 0;
    fc.assert(
      fc.property(rule, (given) => {
        const parsed = relabelRuleSchema.safeParse(given);
        if (!parsed.success) return;
        ran += 1;
        const relabeled = compileRelabeling([parsed.data])([{ name: 'a', value: 'A' }, { name: 'b', value: 'B' }]);
        for (const { name, value } of relabeled ?? []) expect([name === '', value === '']).toEqual([false, false]);
      }),
      { numRuns: 1_000 },
    );
    expect(ran).toBeGreaterThan(100);
  });
});

describe('simple case', () => {
  it('maps one character to one', () => {
    expect(['ÀΣİx', 'ΟΔΟΣ'].map(toSimpleLowerCase)).toEqual(['àσix', 'οδοσ']);
    expect(['straße', 'ŉǰΐ', 'ᾀᾳῃῳᾧ', 'ᾈ', 'é😀', 'ﬀ'].map(toSimpleUpperCase)).toEqual(['STRAßE', 'ŉǰΐ', 'ᾈᾼῌῼᾯ', 'ᾈ', 'É😀', 'ﬀ']);
  });
});
