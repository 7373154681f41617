import { Link } from '@tanstack/react-router';
import { useWorld } from '../world/use-world.js';
import { useMay } from './session-context.js';
import classes from './top-bar.module.css';

export function NavLinks() {
  const mayAudit = useMay('audit.read');
  const mayManageUsers = useMay('users.manage');
  const liveFaults = useWorld((world) => world.faults.length + world.unleased.length);
  return (
    <nav aria-label="Main" className={classes.nav}>
      <Link to="/live" className={classes.link}>
        Live
      </Link>
      <Link to="/faults" className={classes.link}>
        Faults
        {liveFaults > 0 && (
          <span className={classes.count} aria-label={`${liveFaults} live`}>
            {liveFaults}
          </span>
        )}
      </Link>
      <Link to="/explore" className={classes.link}>
        Explore
      </Link>
      <Link to="/targets" className={classes.link}>
        Targets
      </Link>
      <Link to="/agents" className={classes.link}>
        Agents
      </Link>
      {mayAudit && (
        <Link to="/audit" className={classes.link}>
          Audit
        </Link>
      )}
      {mayManageUsers && (
        <Link to="/access" className={classes.link}>
          Access
        </Link>
      )}
    </nav>
  );
}
