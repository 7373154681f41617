import type { ReactNode } from 'react';
import { Announcer } from '../announce/announcer.js';
import { HaltBanner } from '../halt/halt-banner.js';
import classes from './shell.module.css';
import { TopBar } from './top-bar.js';

/** The frame of every screen. */
export function Shell({ children }: { readonly children: ReactNode }) {
  return (
    <div className={classes.shell}>
      <a href="#main" className={classes.skip}>
        Skip to the content
      </a>
      <TopBar />
      <HaltBanner />
      <div className={classes.content}>{children}</div>
      <Announcer />
    </div>
  );
}
