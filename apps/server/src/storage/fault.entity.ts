import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EndReason, FaultSpec, FaultState, FaultTarget } from '#contracts';

@Entity('fault')
export class FaultEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('jsonb') spec!: FaultSpec;
  @Column('jsonb') target!: FaultTarget;
  /** `edgeKeyText` of the target: what the unique index of live faults stands on. */
  @Column('text', { name: 'edge_key' }) edgeKey!: string;
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
  /** Sequence of the newest row of `fault_event` that this row reflects. */
  @Column('integer', { name: 'last_seq' }) lastSeq!: number;
}
