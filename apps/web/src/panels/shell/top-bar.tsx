import { Link } from '@tanstack/react-router';
import { HaltButton } from '../halt/halt-button.js';
import { Logo } from './logo.js';
import { NavLinks } from './nav-links.js';
import { StatusChip } from './status-chip.js';
import classes from './top-bar.module.css';
import { Totals } from './totals.js';
import { UserMenu } from './user-menu.js';

/** On every screen: where one is, whether the data are fresh, how the system is, and HALT. */
export function TopBar() {
  return (
    <header className={classes.bar}>
      <Link to="/live" className={classes.brand} aria-label="Faultline, live traffic">
        <Logo />
        Faultline
      </Link>
      <NavLinks />
      <div className={classes.now}>
        <Totals />
        <StatusChip />
      </div>
      <HaltButton />
      <UserMenu />
    </header>
  );
}
