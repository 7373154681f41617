import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { Role } from '#contracts';
import { UserEntity } from './user.entity.js';

/** A token that acts for its owner. It goes with the owner: the foreign key cascades. */
@Entity('api_token')
export class ApiTokenEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'secret_hash' }) secretHash!: string;
  @Column('uuid', { name: 'user_id' }) userId!: string;
  @ManyToOne(() => UserEntity, { onDelete: 'CASCADE' }) @JoinColumn({ name: 'user_id' }) user!: UserEntity;
  @Column('text') name!: string;
  @Column('text') role!: Role;
  @Column('text', { name: 'read_scope' }) readScope!: string;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt!: Date;
  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 }) expiresAt!: Date;
  @Column({ type: 'timestamptz', name: 'last_used_at', precision: 3, nullable: true }) lastUsedAt!: Date | null;
}
