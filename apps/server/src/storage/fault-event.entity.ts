import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { FaultState } from '#contracts';

/** One change of a fault's state. `seq` counts from 0 without gaps; a trigger refuses UPDATE and DELETE. */
@Entity('fault_event')
export class FaultEventEntity {
  @PrimaryColumn('uuid', { name: 'fault_id' }) faultId!: string;
  @PrimaryColumn('integer') seq!: number;
  @Column({ type: 'timestamptz', precision: 3 }) at!: Date;
  /** The state the change led to. */
  @Column('text') state!: FaultState;
  @Column('jsonb') change!: object;
}
