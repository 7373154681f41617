import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Protocol } from '#contracts';

@Entity('edge')
export class EdgeEntity {
  @PrimaryGeneratedColumn('identity') id!: number;
  @Column('text') source!: string;
  @Column('text') target!: string;
  @Column('text') protocol!: Protocol;
  /** The agent that carries the edge; null once none does. */
  @Column('text', { nullable: true }) agent!: string | null;
}
