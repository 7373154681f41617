import { outputOf, runCommand } from '../../../apps/agent/src/host/commands.js';
import { answerCalls } from './answer-calls.js';
import { AGENT_CASES, AgentWorld } from './agent-cases.js';
import { AGENT_RIGS } from './agent-rigs.js';
import type { AgentKind } from './agent-rigs.js';
import type { KindReport } from './run-cases.js';
import { runCases } from './run-cases.js';

/** Runs the agent's promises for a kind inside the network that this process was started in. */
answerCalls({
  /** A fresh network has its loopback down. */
  raise: () => outputOf(runCommand, ['ip', 'link', 'set', 'lo', 'up']),
  runKind: (kind: AgentKind): Promise<KindReport> =>
    runCases(AGENT_CASES, kind, async () => {
      const rig = await AGENT_RIGS[kind]();
      try {
        return await AgentWorld.open(rig);
      } catch (error) {
        await rig.close();
        throw error;
      }
    }),
});
