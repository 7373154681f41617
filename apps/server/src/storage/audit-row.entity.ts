import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One row of the audit. Triggers refuse UPDATE, DELETE and TRUNCATE. */
@Entity('audit_row')
export class AuditRowEntity {
  /** Counts up without gaps, so a missing row shows. bigint arrives as text. */
  @PrimaryColumn('bigint') id!: string;
  @Column({ type: 'timestamptz', precision: 3 }) at!: Date;
  @Column('text') actor!: string;
  @Column('text') action!: string;
  @Column('text') subject!: string;
  @Column('text') outcome!: 'done' | 'denied' | 'failed';
  /** Canonical JSON as text: jsonb would reorder keys, and the hash covers these exact bytes. */
  @Column('text') details!: string;
  @Column('text', { name: 'previous_hash' }) previousHash!: string;
  @Column('text') hash!: string;
}
