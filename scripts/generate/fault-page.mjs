import { FAULT_PARAMS, targetTypeOf } from '../../dist/libs/contracts/src/index.js';
import { FAULTS } from '../../dist/libs/faults/src/index.js';
import { exampleBody, exampleCommand } from './fault-example.mjs';
import { NOTE, code, page } from './markdown.mjs';
import { paramsTable } from './params-table.mjs';

const ACTS_ON = { process: "a process of an agent's host", host: "an agent's host" };

/** What a kind acts on, for people. */
export function actsOn(kind) {
  const { protocols } = FAULTS[kind];
  return protocols === undefined ? ACTS_ON[targetTypeOf(kind)] : `${protocols.join(' and ')} edges`;
}

export function faultPage(kind) {
  const { title, imitates, doesNotImitate } = FAULTS[kind];
  return page(
    `# ${title} (${code(kind)})`,
    NOTE,
    `**Imitates.** ${imitates}`,
    `**Does not imitate.** ${doesNotImitate}`,
    `**Acts on** ${actsOn(kind)}.`,
    '## Parameters',
    paramsTable(FAULT_PARAMS[kind]),
    '## Example',
    `${code('POST /api/faults')} with`,
    ['```json', JSON.stringify(exampleBody(kind), null, 2), '```'].join('\n'),
    'or',
    ['```', exampleCommand(kind), '```'].join('\n'),
    '[All kinds](README.md)',
  );
}
