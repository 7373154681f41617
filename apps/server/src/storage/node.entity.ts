import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TopologyNode } from '#contracts';

@Entity('node')
export class NodeEntity {
  @PrimaryColumn('text') name!: string;
  @Column('text') kind!: TopologyNode['kind'];
  @Column('text') region!: string;
}
