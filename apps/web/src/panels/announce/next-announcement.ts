/** Something to say to a screen reader. `loud` interrupts: a fault began or ended, everything was halted. */
export interface Announcement {
  readonly text: string;
  readonly loud: boolean;
}

export interface Speaker {
  readonly lastQuietMs: number;
  /** The newest quiet thing that is still unsaid; older ones are out of date and dropped. */
  readonly waiting: string | null;
}

// Live numbers would talk without end; one quiet line in five seconds leaves room to read.
export const QUIET_EVERY_MS = 5_000;
export const SILENT: Speaker = { lastQuietMs: Number.NEGATIVE_INFINITY, waiting: null };

/** What to say now, and what the speaker keeps. `heard` is new since the last step, oldest first. */
export function nextAnnouncement(speaker: Speaker, heard: readonly Announcement[], nowMs: number): { readonly speaker: Speaker; readonly quiet: string | null; readonly loud: string | null } {
  const loud = heard.filter((announcement) => announcement.loud).map(({ text }) => text);
  const newest = heard.findLast((announcement) => !announcement.loud)?.text ?? speaker.waiting;
  const mayTalk = newest !== null && nowMs - speaker.lastQuietMs >= QUIET_EVERY_MS;
  return {
    speaker: mayTalk ? { lastQuietMs: nowMs, waiting: null } : { ...speaker, waiting: newest },
    quiet: mayTalk ? newest : null,
    loud: loud.length === 0 ? null : loud.join(' '),
  };
}
