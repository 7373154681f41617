import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An enrolled agent. Its secret is kept as SHA-256 in hex. */
@Entity('agent')
export class AgentEntity {
  @PrimaryColumn('text') name!: string;
  @Column('text', { name: 'secret_hash' }) secretHash!: string;
  @Column('text', { nullable: true }) version!: string | null;
  @Column({ type: 'timestamptz', name: 'enrolled_at', precision: 3 }) enrolledAt!: Date;
  @Column({ type: 'timestamptz', name: 'last_seen_at', precision: 3, nullable: true }) lastSeenAt!: Date | null;
}
