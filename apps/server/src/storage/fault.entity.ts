import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EndReason, FaultOrder, FaultSpec, FaultState, FaultTarget, Proof } from '#contracts';
import { readFaultSpec } from './read-fault-spec.js';

// Rows are written by FaultsStore's own statements; this is for reading.
const specColumn = { to: (spec: FaultSpec): FaultSpec => spec, from: readFaultSpec };

@Entity('fault')
export class FaultEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column({ type: 'jsonb', transformer: specColumn }) spec!: FaultSpec;
  @Column('jsonb') target!: FaultTarget;
  /** `lockOf` kind and target: what the unique index of live faults stands on. */
  @Column('text', { name: 'lock_key' }) lockKey!: string;
  @Column('text') overlap!: FaultOrder['overlap'];
  /** Shared by the faults of one selection. */
  @Column('uuid', { name: 'group_id', nullable: true }) groupId!: string | null;
  @Column('integer', { name: 'duration_ms' }) durationMs!: number;
  @Column('text') state!: FaultState;
  @Column('text') agent!: string;
  @Column('text', { name: 'created_by' }) createdBy!: string;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt!: Date;
  @Column({ type: 'timestamptz', name: 'applied_at', precision: 3, nullable: true }) appliedAt!: Date | null;
  @Column({ type: 'timestamptz', name: 'ends_at', precision: 3, nullable: true }) endsAt!: Date | null;
  /** When the fault stopped acting as far as is known; `revertedAt` is when an agent confirmed it. */
  @Column({ type: 'timestamptz', name: 'ended_at', precision: 3, nullable: true }) endedAt!: Date | null;
  @Column({ type: 'timestamptz', name: 'reverted_at', precision: 3, nullable: true }) revertedAt!: Date | null;
  @Column('text', { name: 'end_reason', nullable: true }) endReason!: EndReason | null;
  @Column('text', { nullable: true }) problem!: string | null;
  @Column('jsonb', { nullable: true }) proof!: Proof | null;
  /** Sequence of the newest row of `fault_event` that this row reflects. */
  @Column('integer', { name: 'last_seq' }) lastSeq!: number;
}
