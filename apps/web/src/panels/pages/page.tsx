import type { ReactNode } from 'react';
import classes from './page.module.css';

interface PageProps {
  readonly title: string;
  readonly intro: string;
  readonly children: ReactNode;
}

/** A screen of text and tables: one title, one sentence of what it is for, the content. */
export function Page({ title, intro, children }: PageProps) {
  return (
    <main className={classes.page} id="main" tabIndex={-1}>
      <title>{`${title} · Faultline`}</title>
      <div className={classes.inner}>
        <h1 className={classes.title}>{title}</h1>
        <p className={classes.intro}>{intro}</p>
        {children}
      </div>
    </main>
  );
}
