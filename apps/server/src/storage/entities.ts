import { ApiTokenEntity } from './api-token.entity.js';
import { AuditRowEntity } from './audit-row.entity.js';
import { SessionEntity } from './session.entity.js';
import { SignInLinkEntity } from './sign-in-link.entity.js';
import { UserEntity } from './user.entity.js';
import { AgentEntity } from './agent.entity.js';
import { EnrolTokenEntity } from './enrol-token.entity.js';
import { RegionEntity } from './region.entity.js';
import { NodeEntity } from './node.entity.js';
import { EdgeEntity } from './edge.entity.js';
import { FaultEntity } from './fault.entity.js';
import { FaultEventEntity } from './fault-event.entity.js';
import { HaltEntity } from './halt.entity.js';

/** Every entity, one a line; nothing is found by a glob, so nothing is found by accident. */
export const ENTITIES = [
  UserEntity,
  SessionEntity,
  SignInLinkEntity,
  ApiTokenEntity,
  AuditRowEntity,
  AgentEntity,
  EnrolTokenEntity,
  RegionEntity,
  NodeEntity,
  EdgeEntity,
  FaultEntity,
  FaultEventEntity,
  HaltEntity,
];
