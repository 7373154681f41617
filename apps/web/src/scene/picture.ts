import type { Selection, WorldSource } from '../model/world.js';

/** The 3D picture as the panels see it: mounted once, told what is selected, tells what is clicked. */
export interface Picture {
  select(selection: Selection | null): void;
  /** Keeps these edges (`edgeKeyText`) at full strength and dims the rest, whatever is selected; null goes back to the selection. */
  highlight(edges: ReadonlySet<string> | null): void;
  /** Motion stops, data goes on (WCAG 2.2.2). */
  setPaused(paused: boolean): void;
  /** Looks straight down without perspective, so that depth hides nothing. */
  setFlat(flat: boolean): void;
  /** Flies to show everything, or only the selection. */
  frame(selection: Selection | null): void;
  dispose(): void;
}

export interface PictureEvents {
  /** A click on an edge or node, or on nothing. */
  onSelect(selection: Selection | null): void;
  onHover(selection: Selection | null): void;
  /** What one dot stands for now, for the legend. */
  onScale(scale: DotScale): void;
}

/** One dot is `requestsPerDot` requests (1-2-5 ladder); a dot of a slow edge travels slower. */
export interface DotScale {
  readonly requestsPerDot: number;
}

export interface PictureOptions {
  readonly container: HTMLElement;
  readonly source: WorldSource;
  readonly events: PictureEvents;
  readonly reducedMotion: boolean;
}
