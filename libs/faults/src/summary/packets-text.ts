import type { FaultParams } from '#contracts';

type PacketScope = Pick<FaultParams<'network-delay'>, 'peers' | 'ports' | 'transport'> & Partial<Pick<FaultParams<'network-delay'>, 'device'> & Pick<FaultParams<'network-drop'>, 'direction'>>;

const DIRECTIONS = { in: 'from', out: 'to', both: 'to and from' } as const;

/** `packets to 10.0.0.0/8, port 5432 (tcp) by eth0`. Traffic control acts on packets as they leave, so those without a direction go out. */
export function packetsText({ peers, ports, transport, device, direction = 'out' }: PacketScope): string {
  const places = [...(peers.length === 0 ? ['any address'] : peers), ...ports.map((port) => `port ${port}`)];
  return `packets ${DIRECTIONS[direction]} ${places.join(', ')}${transport === 'any' ? '' : ` (${transport})`}${device === undefined ? '' : ` by ${device}`}`;
}
