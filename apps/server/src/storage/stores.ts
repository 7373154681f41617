import { ApiTokensStore } from './api-tokens.store.js';
import { AuditStore } from './audit.store.js';
import { DatabaseHealthStore } from './database-health.store.js';
import { SessionsStore } from './sessions.store.js';
import { SignInLinksStore } from './sign-in-links.store.js';
import { UsersStore } from './users.store.js';
import { AgentsStore } from './agents.store.js';
import { TopologyStore } from './topology.store.js';
import { FaultsStore } from './faults.store.js';
import { HaltsStore } from './halts.store.js';
import { WriteBehind } from './write-behind.js';

/** Every store, one a line; StorageModule provides and exports them. */
export const STORES = [
  UsersStore,
  SessionsStore,
  SignInLinksStore,
  ApiTokensStore,
  AuditStore,
  DatabaseHealthStore,
  AgentsStore,
  TopologyStore,
  FaultsStore,
  HaltsStore,
  WriteBehind,
];
