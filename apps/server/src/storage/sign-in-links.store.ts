import { Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import { SignInLinkEntity } from './sign-in-link.entity.js';
import type { Transaction } from './unit-of-work.js';

@Injectable()
export class SignInLinksStore {
  async insert(transaction: Transaction, link: SignInLinkEntity): Promise<void> {
    await transaction.insert(SignInLinkEntity, link);
  }

  /**
   * Uses a link up and gives the id of its user; null when it is unknown or expired. The DELETE is the check: of two uses at the same moment the
   * second waits for the first and then finds no row.
   */
  async consume(transaction: Transaction, secretHash: string, now: Date): Promise<string | null> {
    const [rows] = await transaction.query<[{ user_id: string }[], number]>('DELETE FROM sign_in_link WHERE secret_hash = $1 AND expires_at > $2 RETURNING user_id', [secretHash, now]);
    return rows[0]?.user_id ?? null;
  }

  /** A user who is in needs no other link: the ones still lying in logs and chats are void. */
  async removeOfUser(transaction: Transaction, userId: string): Promise<void> {
    await transaction.delete(SignInLinkEntity, { userId });
  }

  async removeExpired(transaction: Transaction, now: Date): Promise<void> {
    await transaction.delete(SignInLinkEntity, { expiresAt: LessThanOrEqual(now) });
  }
}
