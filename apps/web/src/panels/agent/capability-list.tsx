import { FAULT_KINDS } from '#contracts';
import type { Capability } from '#contracts';
import { FAULTS } from '#faults';
import classes from './agent.module.css';
import { capabilityRows } from './capability-rows.js';

/** What an agent can do here, and why it cannot do the rest. */
export function CapabilityList({ capabilities }: { readonly capabilities: readonly Capability[] }) {
  const rows = capabilityRows(capabilities, FAULT_KINDS);
  const away = rows.filter(({ whyNot }) => whyNot !== null);
  if (capabilities.length === 0) return <p className={classes.dim}>It has not connected yet, so it has not said what it can do.</p>;
  return (
    <>
      <p className={classes.dim}>
        {rows.length - away.length} of {rows.length} kinds can be carried out here.
      </p>
      <ul className={classes.kinds} aria-label="Kinds that it can carry out">
        {rows
          .filter(({ whyNot }) => whyNot === null)
          .map(({ kind }) => (
            <li key={kind} title={FAULTS[kind].imitates}>
              {FAULTS[kind].title}
            </li>
          ))}
      </ul>
      {away.length > 0 && (
        <dl className={classes.unavailable} aria-label="Unavailable here">
          {away.map(({ kind, whyNot }) => (
            <div key={kind}>
              <dt>◌ {FAULTS[kind].title}</dt>
              <dd>{whyNot}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
