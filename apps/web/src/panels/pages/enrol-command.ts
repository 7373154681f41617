import { AGENT_NODE_FLAGS } from '#contracts';

/** The command that starts and enrols an agent on another machine, ready to paste into a POSIX shell. */
export function enrolCommand(origin: string, token: string): string {
  const server = origin.replace(/^http/, 'ws');
  return `FAULTLINE_SERVER=${server} FAULTLINE_ENROL_TOKEN=${token} FAULTLINE_AGENT_NAME=my-agent FAULTLINE_AGENT_SYSTEM=./system.json FAULTLINE_AGENT_DATA=./faultline-agent node ${AGENT_NODE_FLAGS.join(' ')} dist/apps/agent/src/main.js`;
}
