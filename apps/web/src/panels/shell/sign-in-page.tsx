import { AppError } from '#contracts';
import { ActionError } from '../action/action-error.js';
import { Logo } from './logo.js';
import classes from './sign-in-page.module.css';

/** Nobody is signed in: how to get a link, and what was wrong with the one that was used. */
export function SignInPage({ problem }: { readonly problem: unknown }) {
  const serverAway = problem instanceof AppError && problem.code === 'SERVER_UNREACHABLE';
  return (
    <main className={classes.page} id="main">
      <title>Sign in · Faultline</title>
      <div className={classes.card}>
        <Logo sizePx={44} />
        <h1 className={classes.title}>Faultline</h1>
        <p className={classes.lead}>Break one dependency on purpose, watch who feels it, and prove what changed.</p>
        <ActionError error={problem} />
        {serverAway ? (
          <button type="button" className={classes.retry} onClick={() => window.location.reload()}>
            Try again
          </button>
        ) : (
          <section className={classes.how} aria-labelledby="how-title">
            <h2 id="how-title">Sign in with a one-time link</h2>
            <dl>
              <div>
                <dt>This is your machine</dt>
                <dd>
                  Restart <code>npm start</code>. It prints a fresh link as its last line.
                </dd>
              </div>
              <div>
                <dt>Someone else runs it</dt>
                <dd>Ask an admin: under Access they create a link for you, with your role.</dd>
              </div>
            </dl>
            <p className={classes.note}>A link works once. There is no password to remember or to leak.</p>
          </section>
        )}
      </div>
    </main>
  );
}
