import { useReducedMotion } from '@mantine/hooks';
import type { PointerEvent } from 'react';
import { useMemo, useRef, useState } from 'react';
import type { Picture } from '../../scene/picture.js';
import type { Selection } from '../../model/world.js';
import { useLiveSearch } from '../selection/use-live-search.js';
import { useSelection } from '../selection/use-selection.js';
import { HoverCard } from './hover-card.js';
import { Legend } from './legend.js';
import classes from './live.module.css';
import { NoPicture } from './no-picture.js';
import { PictureTools } from './picture-tools.js';
import type { CreatePicture } from './use-picture.js';
import { usePicture } from './use-picture.js';

interface PictureViewProps {
  readonly load: () => Promise<CreatePicture>;
  /** Edges that a selection of many would hit; null while there is none. */
  readonly highlighted: ReadonlySet<string> | null;
}

/** The live 3D picture with its legend and tools. */
export function PictureView({ load, highlighted }: PictureViewProps) {
  const { selection, select } = useSelection();
  const { search, change } = useLiveSearch();
  const reducedMotion = useReducedMotion(false, { getInitialValueInEffect: false });
  const [paused, setPaused] = useState(false);
  const [hovered, setHovered] = useState<Selection | null>(null);
  const [requestsPerDot, setRequestsPerDot] = useState<number | null>(null);
  const hoverCard = useRef<HTMLDivElement>(null);
  const flat = search.flat === 'yes';
  const events = useMemo(() => ({ onSelect: select, onHover: setHovered, onScale: (scale: { readonly requestsPerDot: number }) => setRequestsPerDot(scale.requestsPerDot) }), [select]);
  const { container, picture, problem } = usePicture(load, { selection, highlighted, paused, flat, reducedMotion }, events);

  // The card follows the pointer without rendering anything anew.
  const follow = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    hoverCard.current?.style.setProperty('translate', `${event.clientX - box.left}px ${event.clientY - box.top}px`);
  };
  if (problem !== null) return <NoPicture problem={problem} />;
  return (
    <div className={classes.picture} onPointerMove={follow} data-ready={picture !== null || undefined}>
      <div ref={container} className={classes.canvas} role="img" aria-label="Live traffic between services. Press t for the same as a table." />
      <HoverCard ref={hoverCard} hovered={hovered} />
      <div className={classes.bottom}>
        <Legend requestsPerDot={requestsPerDot} />
        <PictureTools
          paused={paused}
          onPause={() => setPaused((was) => !was)}
          flat={flat}
          onFlat={() => change(({ flat: _flat, ...rest }) => (flat ? rest : { ...rest, flat: 'yes' }))}
          onFrame={() => frameAll(picture)}
        />
      </div>
    </div>
  );
}

function frameAll(picture: Picture | null): void {
  picture?.frame(null);
}
