import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A halt; in force while `resumedAt` is null, and at most one is. */
@Entity('halt')
export class HaltEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'engaged_by' }) engagedBy!: string;
  @Column({ type: 'timestamptz', name: 'engaged_at', precision: 3 }) engagedAt!: Date;
  @Column('text') reason!: string;
  @Column('text', { name: 'resumed_by', nullable: true }) resumedBy!: string | null;
  @Column({ type: 'timestamptz', name: 'resumed_at', precision: 3, nullable: true }) resumedAt!: Date | null;
  @Column('text', { name: 'resume_reason', nullable: true }) resumeReason!: string | null;
}
