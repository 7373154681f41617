import { Logo } from '../panels/shell/logo.js';
import classes from './splash.module.css';

/** While it is asked who is signed in: the mark, and nothing that jumps afterwards. */
export function Splash() {
  return (
    <div className={classes.splash} role="status" aria-label="Opening Faultline">
      <Logo sizePx={44} />
    </div>
  );
}
