import { AppError, edgeLabel, type EdgeKey, type Topology } from '#contracts';
import { APPLY_USAGE } from './apply-options.js';

/** The edge that `source->target` or `source->target/protocol` names among those that are known. Throws USAGE_INVALID or TARGET_UNKNOWN. */
export function findEdge(text: string, topology: Topology): EdgeKey {
  const [, source, target, protocol] = /^\s*(\S+?)\s*->\s*([^\s/]+)(?:\/(\w+))?\s*$/.exec(text) ?? [];
  if (source === undefined) throw new AppError('USAGE_INVALID', { problem: `--edge needs 'source->target' or 'source->target/protocol', not "${text}"`, usage: APPLY_USAGE });
  const found = topology.edges.filter((edge) => edge.source === source && edge.target === target && (protocol === undefined || edge.protocol === protocol));
  if (found.length > 1) throw new AppError('USAGE_INVALID', { problem: `--edge "${text}" names ${found.map(edgeLabel).join(' and ')}: add /protocol`, usage: APPLY_USAGE });
  return found[0] ?? notFound(text, topology);
}

function notFound(text: string, { edges }: Topology): never {
  const some = edges.slice(0, 5).map(edgeLabel).join(', ');
  throw new AppError('TARGET_UNKNOWN', { target: `the edge ${text}${some === '' ? '' : `; known are ${some}${edges.length > 5 ? ' ...' : ''}`}` });
}
