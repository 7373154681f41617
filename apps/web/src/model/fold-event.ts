import type { FaultView, LiveEvent } from '#contracts';
import { LIVE_FAULT_STATES } from '#contracts';
import type { World } from './world.js';

// Enough for a game day's list on one screen; older ones are a request to the server away.
const MAX_ENDED_FAULTS = 20;

/** The world after something happened that is not a number. */
export function foldEvent(world: World, event: LiveEvent): World {
  switch (event.kind) {
    case 'fault':
      return foldFault(world, event.fault);
    case 'faults':
      return Object.freeze({ ...world, faults: Object.freeze(event.faults.filter(isLive)) });
    case 'unleased':
      return Object.freeze({ ...world, unleased: Object.freeze([...event.faults]) });
    case 'halt':
      return Object.freeze({ ...world, halt: event.halt });
    case 'agent':
      // Its edges say `stale` themselves in the next frame.
      return world;
    default:
      return unknownEvent(event);
  }
}

function unknownEvent(event: never): never {
  throw new Error(`The live stream sent an event of an unknown kind: ${JSON.stringify(event)}. Reload the page to get the client of this server.`);
}

function isLive(fault: FaultView): boolean {
  return LIVE_FAULT_STATES.includes(fault.state);
}

function foldFault(world: World, fault: FaultView): World {
  const others = world.faults.filter((known) => known.id !== fault.id);
  if (isLive(fault)) return Object.freeze({ ...world, faults: Object.freeze([...others, fault]) });
  const ended = [fault, ...world.endedFaults.filter((known) => known.id !== fault.id)];
  return Object.freeze({ ...world, faults: Object.freeze(others), endedFaults: Object.freeze(ended.slice(0, MAX_ENDED_FAULTS)) });
}
