import { Link } from '@tanstack/react-router';
import { edgeKeyText } from '#contracts';
import type { FaultTarget } from '#contracts';
import { targetName } from './target-name.js';

interface TargetLinkProps {
  readonly target: FaultTarget;
  /** The fault whose comparison is to be open there. */
  readonly comparisonOf?: string | undefined;
}

/** A target as a way to it: an edge is in the picture, a process or host is with its agent. */
export function TargetLink({ target, comparisonOf }: TargetLinkProps) {
  if (target.type === 'edge') {
    return (
      <Link to="/live" search={{ edge: edgeKeyText(target.edge), ...(comparisonOf !== undefined && { fault: comparisonOf }) }}>
        {targetName(target)}
      </Link>
    );
  }
  return (
    <Link to="/agents/$agent" params={{ agent: target.agent }}>
      {targetName(target)}
    </Link>
  );
}
