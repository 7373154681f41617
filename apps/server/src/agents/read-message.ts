import { z } from 'zod';
import { AGENT_PROTOCOL, agentMessageSchema, type AgentMessage } from '#contracts';
import { protocolProblem } from './check-message.js';

// What a hello of any protocol has: one that is older or newer must hear which side to update, and not that it lacks a field.
const anyHelloSchema = z.looseObject({ type: z.literal('hello'), protocol: z.number().int() });

/** The message, or what is wrong with the text, as one sentence. */
export function readMessage(text: string): AgentMessage | string {
  const value = parseJson(text);
  if (value === undefined) return 'The message is not JSON.';
  const hello = anyHelloSchema.safeParse(value);
  if (hello.success && hello.data.protocol !== AGENT_PROTOCOL) return protocolProblem(hello.data.protocol);
  const parsed = agentMessageSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  return `The message is malformed at ${first?.path.map(String).join('.') || 'its top'}: ${first?.message}.`;
}

/** Undefined for what is no JSON: why it is none helps nobody, because its sender is a program. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
