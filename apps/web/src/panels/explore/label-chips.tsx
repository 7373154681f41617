import type { LabelSet } from '../../api/prometheus-api.js';
import classes from './label-chips.module.css';

/** A series as its metric's name and its labels; `without` names labels that stand elsewhere. */
export function LabelChips({ labels, without = [] }: { readonly labels: LabelSet; readonly without?: readonly string[] }) {
  const { __name__: name, ...others } = labels;
  const pairs = Object.entries(others).filter(([label]) => !without.includes(label));
  return (
    <span className={classes.labels}>
      {name !== undefined && <strong className={classes.name}>{name}</strong>}
      {pairs.map(([label, value]) => (
        <span key={label} className={classes.chip}>
          <span className={classes.label}>{label}</span>
          <span className={classes.value}>{value === '' ? '""' : value}</span>
        </span>
      ))}
      {name === undefined && pairs.length === 0 && <span className={classes.label}>no labels</span>}
    </span>
  );
}
