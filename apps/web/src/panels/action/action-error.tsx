import { AppError, ERRORS } from '#contracts';
import classes from './action-error.module.css';

/** Why an action failed, next to the action, in the server's words. */
export function ActionError({ error }: { readonly error: unknown }) {
  if (error === null || error === undefined) return null;
  const message = error instanceof Error ? error.message : 'Something failed in this page. Reload it.';
  const retryable = error instanceof AppError && ERRORS[error.code].retryable;
  return (
    <p role="alert" className={classes.error}>
      {message}
      {retryable && ' This can pass by itself: try again.'}
    </p>
  );
}
