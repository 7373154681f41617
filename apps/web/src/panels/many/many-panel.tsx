import { CloseButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import type { PreviewRequest } from '#contracts';
import { injectSelected } from '../../api/faults.js';
import edgeClasses from '../edge/edge-panel.module.css';
import { CommitRow } from '../inject/commit-row.js';
import { FaultFormFields } from '../inject/fault-form-fields.js';
import { faultSentence } from '../inject/fault-sentence.js';
import type { FaultPlace } from '../inject/fault-sentence.js';
import formClasses from '../inject/inject-form.module.css';
import { OverlapChoice } from '../inject/overlap-choice.js';
import { useWhyNotInject } from '../inject/use-why-not-inject.js';
import { useSelection } from '../selection/use-selection.js';
import classes from './many.module.css';
import { PreviewList } from './preview-list.js';
import { countText, crossingText, eachText, previewRefusal } from './preview-text.js';
import { SelectorFields } from './selector-fields.js';
import { useManyForm } from './use-many-form.js';
import { usePreview } from './use-preview.js';

interface ManyPanelProps {
  /** Globs to begin with. */
  readonly from: string;
  readonly to: string;
  readonly onPicked: (edges: ReadonlySet<string> | null) => void;
}

/** One fault on many targets: which, how many of them, what would be hit now, and then all of it or none. */
export function ManyPanel({ from, to, onPicked }: ManyPanelProps) {
  const { select } = useSelection();
  const { typed, change, problems, form, protocol, request } = useManyForm(from, to);
  const preview = usePreview(request === null ? null : previewOf(request), onPicked);
  const queries = useQueryClient();
  const start = useMutation({ mutationFn: injectSelected, onSettled: () => queries.invalidateQueries({ queryKey: ['faults'] }) });
  const fieldProblem = form.fieldProblem ?? (request === null ? 'Correct the marked fields first.' : null);
  const inTheWay = useWhyNotInject({ ...form, overlap: 'allow', fieldProblem }, { faultsThere: 0, agentAway: false });
  const whyNot = inTheWay ?? (preview.view === null ? 'Waiting for the preview.' : previewRefusal(preview.view));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (whyNot === null && request !== null && !start.isPending) start.mutate(request);
  };
  const count = preview.view?.picked.length ?? 0;
  const picked = eachText(count, typed.what);
  const place: FaultPlace = typed.what === 'edges' ? { type: 'edge', text: `on ${picked}`, protocol } : { type: 'named', text: `${picked.charAt(0).toUpperCase()}${picked.slice(1)}` };
  const sentence = whyNot === null && request !== null && preview.view !== null ? `${faultSentence(request.fault, place, request.durationMs)} ${crossingText(preview.view)} It ends by itself, also if Faultline dies.` : null;
  return (
    <>
      <header className={edgeClasses.header}>
        <h2 className={`${edgeClasses.title} ${edgeClasses.headerText}`} tabIndex={-1} id="details-title">
          Select many
        </h2>
        <CloseButton aria-label="Close the selection" onClick={() => select(null)} />
      </header>
      <div className={edgeClasses.body}>
        <form className={formClasses.form} onSubmit={submit} aria-labelledby="details-title">
          <div className={formClasses.inner}>
            <SelectorFields typed={typed} problems={problems} onChange={change} />
            <FaultFormFields form={form} />
            <OverlapChoice there="Where another fault acts already" value={form.overlap} onChange={form.setOverlap} />
            <PreviewList preview={preview.view} what={typed.what} error={preview.error} waiting={request === null} />
          </div>
          <CommitRow sentence={sentence} action={`Start on ${countText(count, typed.what)}`} pending={start.isPending} whyNot={whyNot} error={start.error} />
        </form>
        {start.data !== undefined && (
          <p role="status" className={classes.started}>
            Started {start.data.faultIds.length} {start.data.faultIds.length === 1 ? 'fault' : 'faults'}. <Link to="/faults">See them under Faults</Link>.
          </p>
        )}
      </div>
    </>
  );
}

/** How long it lasts does not change what it hits. */
function previewOf({ selection, fault, overlap }: PreviewRequest): PreviewRequest {
  return { selection, fault, overlap };
}
