import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A single-use token that enrols one agent; kept as SHA-256 in hex. A used one stays, so that a second use can be told from an unknown token. */
@Entity('enrol_token')
export class EnrolTokenEntity {
  @PrimaryColumn('text', { name: 'token_hash' }) tokenHash!: string;
  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 }) expiresAt!: Date;
  @Column({ type: 'timestamptz', name: 'used_at', precision: 3, nullable: true }) usedAt!: Date | null;
  @Column('text', { name: 'used_by', nullable: true }) usedBy!: string | null;
}
