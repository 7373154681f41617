import { VisuallyHidden } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLive } from '../world/world-context.js';
import { SILENT, nextAnnouncement } from './next-announcement.js';
import { worldNews } from './world-news.js';

/** Speaks the news of the world to screen readers, at most one quiet line in five seconds. */
export function Announcer() {
  const { source } = useLive();
  const [spoken, setSpoken] = useState({ quiet: '', loud: '' });
  useEffect(() => {
    let before = source.get();
    let speaker = SILENT;
    return source.subscribe(() => {
      const now = source.get();
      const next = nextAnnouncement(speaker, worldNews(before, now), performance.now());
      [before, speaker] = [now, next.speaker];
      if (next.quiet !== null || next.loud !== null) setSpoken((was) => ({ quiet: next.quiet ?? was.quiet, loud: next.loud ?? was.loud }));
    });
  }, [source]);
  return (
    <VisuallyHidden>
      <div aria-live="polite">{spoken.quiet}</div>
      <div aria-live="assertive">{spoken.loud}</div>
    </VisuallyHidden>
  );
}
