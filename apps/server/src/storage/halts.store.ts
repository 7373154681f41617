import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import { HaltEntity } from './halt.entity.js';
import type { Transaction } from './unit-of-work.js';

export type HaltRow = Readonly<Pick<HaltEntity, 'id' | 'engagedBy' | 'engagedAt' | 'reason'>>;

@Injectable()
export class HaltsStore {
  constructor(private readonly dataSource: DataSource) {}

  inForce(): Promise<HaltRow | null> {
    return this.dataSource.manager.findOneBy(HaltEntity, { resumedAt: IsNull() });
  }

  /** False when this halt, or another one that is still in force, is already kept; so it may be repeated. */
  async engage(transaction: Transaction, halt: HaltRow): Promise<boolean> {
    const added = await transaction.query<unknown[]>(
      'INSERT INTO halt (id, engaged_by, engaged_at, reason) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING id',
      [halt.id, halt.engagedBy, halt.engagedAt, halt.reason],
    );
    return added.length === 1;
  }

  /** Ends whatever is in force; false when nothing is. */
  async resume(transaction: Transaction, end: { by: string; at: Date; reason: string }): Promise<boolean> {
    const { affected } = await transaction.update(HaltEntity, { resumedAt: IsNull() }, { resumedBy: end.by, resumedAt: end.at, resumeReason: end.reason });
    return (affected ?? 0) > 0;
  }
}
