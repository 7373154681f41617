import type { agentPolicySchema } from '#contracts';
import type { z } from 'zod';
import type { ControlTraffic } from '../../../apps/agent/src/host/control-traffic.js';

/** How a driver process is set up; as JSON in its environment. */
export interface DriverSettings {
  readonly policy: z.input<typeof agentPolicySchema>;
  readonly control: ControlTraffic;
}
