import { useEffect, useRef, useState } from 'react';
import type { Selection } from '../../model/world.js';
import type { DotScale, Picture, PictureOptions } from '../../scene/picture.js';
import { useLive } from '../world/world-context.js';

export type CreatePicture = (options: PictureOptions) => Picture;

interface PictureState {
  readonly selection: Selection | null;
  readonly highlighted: ReadonlySet<string> | null;
  readonly paused: boolean;
  readonly flat: boolean;
  readonly reducedMotion: boolean;
}

interface PictureEvents {
  readonly onSelect: (selection: Selection | null) => void;
  readonly onHover: (selection: Selection | null) => void;
  readonly onScale: (scale: DotScale) => void;
}

/**
 * Keeps the 3D picture in an element: loaded apart from the page, made once, told of every change of state.
 * `problem` says why there is no picture, for example because the machine has no WebGL.
 */
export function usePicture(load: () => Promise<CreatePicture>, state: PictureState, events: PictureEvents) {
  const { source } = useLive();
  const container = useRef<HTMLDivElement>(null);
  const latestEvents = useRef(events);
  const [picture, setPicture] = useState<Picture | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { reducedMotion } = state;

  useEffect(() => {
    latestEvents.current = events;
  }, [events]);

  useEffect(() => {
    let made: Picture | null = null;
    let gone = false;
    const mount = async (): Promise<void> => {
      const create = await load();
      if (gone || container.current === null) return;
      made = create({ container: container.current, source, reducedMotion, events: forwardTo(latestEvents) });
      setPicture(made);
    };
    mount().catch((error: unknown) => setProblem(error instanceof Error ? error.message : 'unknown cause'));
    return () => {
      gone = true;
      made?.dispose();
      setPicture(null);
    };
  }, [load, source, reducedMotion]);

  useEffect(() => picture?.select(state.selection), [picture, state.selection]);
  useEffect(() => picture?.highlight(state.highlighted), [picture, state.highlighted]);
  useEffect(() => picture?.setPaused(state.paused), [picture, state.paused]);
  useEffect(() => picture?.setFlat(state.flat), [picture, state.flat]);
  return { container, picture, problem };
}

function forwardTo(latest: { readonly current: PictureEvents }): PictureEvents {
  return {
    onSelect: (selection) => latest.current.onSelect(selection),
    onHover: (selection) => latest.current.onHover(selection),
    onScale: (scale) => latest.current.onScale(scale),
  };
}
