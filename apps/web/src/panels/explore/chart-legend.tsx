import type { ChartLine } from '../chart/plot-options.js';
import classes from './chart-legend.module.css';
import type { ChartModel, LineGroup } from './chart-model.js';
import { readingText } from './reading-text.js';

interface ChartLegendProps {
  readonly groups: readonly LineGroup[];
  readonly lines: readonly ChartLine[];
  readonly keys: readonly string[];
  readonly data: ChartModel['data'];
  /** The point under the pointer; null: the newest values. */
  readonly index: number | null;
  readonly near: number | null;
  readonly alone: ReadonlySet<string>;
  readonly onAlone: (alone: ReadonlySet<string>) => void;
  readonly onPoint: (line: number | null) => void;
}

/** The names of the lines with their values. Pointing at one brings its line out, choosing it shows it alone. */
export function ChartLegend({ groups, lines, keys, data, index, near, alone, onAlone, onPoint }: ChartLegendProps) {
  const choose = (key: string, more: boolean): void => {
    if (!more) return onAlone(alone.size === 1 && alone.has(key) ? new Set() : new Set([key]));
    const others = [...alone].filter((other) => other !== key);
    return onAlone(new Set(alone.has(key) ? others : [...others, key]));
  };
  return (
    <div className={classes.legend} onMouseLeave={() => onPoint(null)}>
      {groups.map(({ letter, shared, from, count }) => (
        <div key={letter} role="group" aria-label={letter === '' ? 'Series' : `Series of query ${letter}`}>
          {count > 0 && (letter !== '' || shared !== '') && (
            <p className={classes.shared}>
              {letter !== '' && <strong>{letter}</strong>}
              <code>{shared}</code>
            </p>
          )}
          {lines.slice(from, from + count).map((line, offset) => {
            const i = from + offset;
            const key = keys[i] ?? '';
            const off = alone.size > 0 && !alone.has(key);
            return (
              <button
                key={key}
                type="button"
                className={classes.line}
                data-near={near === i}
                data-off={off}
                aria-pressed={alone.has(key)}
                onClick={(event) => choose(key, event.ctrlKey || event.metaKey || event.shiftKey)}
                onMouseEnter={() => onPoint(off ? null : i)}
                onFocus={() => onPoint(off ? null : i)}
                onBlur={() => onPoint(null)}
              >
                <svg width="18" height="8" aria-hidden="true">
                  <line x1="0" y1="4" x2="18" y2="4" stroke={line.colour} strokeWidth="2.5" strokeDasharray={line.dash?.join(' ')} />
                </svg>
                <code className={classes.name}>{line.label}</code>
                <span className={classes.value}>{readingText(data[i + 1], index)}</span>
              </button>
            );
          })}
        </div>
      ))}
    </div>
  );
}
