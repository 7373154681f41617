import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A link that signs one user in once. Using it deletes the row, which is what makes it single use. */
@Entity('sign_in_link')
export class SignInLinkEntity {
  @PrimaryColumn('text', { name: 'secret_hash' }) secretHash!: string;
  @Column('uuid', { name: 'user_id' }) userId!: string;
  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 }) expiresAt!: Date;
}
