import { PROTOCOLS } from '#contracts';
import type { World } from '../../model/world.js';
import { FieldRow } from '../inject/field-row.js';
import formClasses from '../inject/inject-form.module.css';
import { ChoiceInput, TextInput } from '../inject/text-input.js';
import { sameItems } from '../world/same-items.js';
import { useWorld } from '../world/use-world.js';
import classes from './many.module.css';
import type { ReadSelection, TypedSelection } from './read-selection.js';

interface SelectorFieldsProps {
  readonly typed: TypedSelection;
  readonly problems: Extract<ReadSelection, { ok: false }>['problems'];
  readonly onChange: (change: Partial<TypedSelection>) => void;
}

const WHAT = [
  { value: 'edges', label: 'Edges' },
  { value: 'hosts', label: 'Hosts of agents' },
];
const PICK = [
  { value: 'all', label: 'All that match' },
  { value: 'count', label: 'So many' },
  { value: 'percent', label: 'A percentage' },
];
const AMOUNT_HELP = { all: '', count: 'How many of them', percent: 'Rounded up, so never to nothing' } as const;

/** Which targets are meant, and how many of those are hit. */
export function SelectorFields({ typed, problems, onChange }: SelectorFieldsProps) {
  const { what, pick } = typed;
  return (
    <div className={classes.selector}>
      <FieldRow label="Targets" help="What the fault acts on" problem={undefined}>
        {(control) => <ChoiceInput control={control} value={what} choices={WHAT} onChange={(value) => onChange({ what: value === 'hosts' ? 'hosts' : 'edges' })} />}
      </FieldRow>
      {what === 'edges' ? <EdgeSelector typed={typed} problems={problems} onChange={onChange} /> : <Glob label="Agent" help="Name; * stands for anything" value={typed.agent} problem={problems.agent} onChange={(agent) => onChange({ agent })} />}
      <FieldRow label="Pick" help="How many of those that match" problem={undefined}>
        {(control) => <ChoiceInput control={control} value={pick} choices={PICK} onChange={(value) => onChange({ pick: value === 'count' || value === 'percent' ? value : 'all' })} />}
      </FieldRow>
      {pick !== 'all' && (
        <>
          <FieldRow label={pick === 'count' ? 'Count' : 'Percent'} help={AMOUNT_HELP[pick]} problem={problems.amount}>
            {(control) => <TextInput control={control} value={typed.amount} unit={pick === 'percent' ? '%' : ''} numeric onChange={(amount) => onChange({ amount })} />}
          </FieldRow>
          <div className={formClasses.presets}>
            <button type="button" className={formClasses.preset} onClick={() => onChange({ seed: typed.seed + 1 })}>
              Draw others
            </button>
          </div>
        </>
      )}
    </div>
  );
}

const regionNames = (world: World): readonly string[] => world.regions.map(({ name }) => name);
const ANY = { value: '', label: 'Any' };

function EdgeSelector({ typed, problems, onChange }: SelectorFieldsProps) {
  const regions = useWorld(regionNames, sameItems);
  const regionChoices = [ANY, ...regions.map((name) => ({ value: name, label: name }))];
  return (
    <>
      <Glob label="Caller" help="Name; * stands for anything" value={typed.source} problem={problems.source} onChange={(source) => onChange({ source })} />
      <Glob label="Callee" help="Name; * stands for anything" value={typed.target} problem={problems.target} onChange={(target) => onChange({ target })} />
      <FieldRow label="Protocol" help="" problem={problems.protocol}>
        {(control) => <ChoiceInput control={control} value={typed.protocol} choices={[ANY, ...PROTOCOLS.map((name) => ({ value: name, label: name }))]} onChange={(protocol) => onChange({ protocol })} />}
      </FieldRow>
      <FieldRow label="Region of the caller" help="" problem={problems.sourceRegion}>
        {(control) => <ChoiceInput control={control} value={typed.sourceRegion} choices={regionChoices} onChange={(sourceRegion) => onChange({ sourceRegion })} />}
      </FieldRow>
      <FieldRow label="Region of the callee" help="" problem={problems.targetRegion}>
        {(control) => <ChoiceInput control={control} value={typed.targetRegion} choices={regionChoices} onChange={(targetRegion) => onChange({ targetRegion })} />}
      </FieldRow>
    </>
  );
}

interface GlobProps {
  readonly label: string;
  readonly help: string;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (text: string) => void;
}

function Glob({ label, help, value, problem, onChange }: GlobProps) {
  return (
    <FieldRow label={label} help={help} problem={problem}>
      {(control) => <TextInput control={control} value={value} placeholder="*" maxLength={200} onChange={onChange} />}
    </FieldRow>
  );
}
