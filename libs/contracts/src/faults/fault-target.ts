import { z } from 'zod';
import { edgeKeySchema, edgeKeyText, edgeLabel, nameSchema } from '../topology.js';
import { portSchema } from './network-scope.js';

/** Names a process on a host: by its id, by the name of its program, or by a port it listens on. More than one match is refused, never guessed. */
export const processRefSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('pid'), pid: z.number().int().min(2).max(4_194_304) }),
  z.strictObject({ by: z.literal('name'), name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:@+-]{0,99}$/, 'must be the name of a program, without a path') }),
  z.strictObject({ by: z.literal('port'), port: portSchema }),
]);
export type ProcessRef = z.infer<typeof processRefSchema>;

/** Where a fault acts: an edge that an agent carries, or a process or the whole of the host that the named agent runs on. */
export const faultTargetSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('edge'), edge: edgeKeySchema }),
  z.strictObject({ type: z.literal('process'), agent: nameSchema, process: processRefSchema }),
  z.strictObject({ type: z.literal('host'), agent: nameSchema }),
]);
export type FaultTarget = z.infer<typeof faultTargetSchema>;
export type TargetType = FaultTarget['type'];

/** `port 5432`, `nginx`, `pid 4711`. */
export function processLabel(process: ProcessRef): string {
  switch (process.by) {
    case 'pid':
      return `pid ${process.pid}`;
    case 'name':
      return process.name;
    case 'port':
      return `port ${process.port}`;
  }
}

/** For people and logs. */
export function targetLabel(target: FaultTarget): string {
  switch (target.type) {
    case 'edge':
      return edgeLabel(target.edge);
    case 'process':
      return `${processLabel(target.process)} on ${target.agent}`;
    case 'host':
      return `host of ${target.agent}`;
  }
}

/** A string equal for equal targets. */
export function targetText(target: FaultTarget): string {
  switch (target.type) {
    case 'edge':
      // Bare, as rows written before there were other targets have it.
      return edgeKeyText(target.edge);
    case 'process':
      return `process:${target.agent}/${processLabel(target.process)}`;
    case 'host':
      return `host:${target.agent}`;
  }
}
