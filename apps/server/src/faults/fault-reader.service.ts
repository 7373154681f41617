import { Injectable } from '@nestjs/common';
import { AppError, type FaultView } from '#contracts';
import { FaultsStore, type FaultRow } from '../storage/faults.store.js';
import { FaultTable } from './fault-table.service.js';
import { faultView } from './fault-view.js';

/** Faults to be read. What the table holds is newer than what is on disk, and readable without it. */
@Injectable()
export class FaultReader {
  constructor(
    private readonly store: FaultsStore,
    private readonly table: FaultTable,
  ) {}

  /** Every fault that may act now, newest first; needs no database. */
  live(): FaultView[] {
    return newestFirst(this.table.live()).map(faultView);
  }

  /** Newest first. */
  async list({ state, limit }: { state: 'live' | 'ended' | 'all'; limit: number }): Promise<FaultView[]> {
    if (state === 'live') return this.live().slice(0, limit);
    const faults = new Map((await this.store.list({ state, limit })).map((fault) => [fault.id, fault]));
    for (const fault of this.table.all()) faults.set(fault.id, fault);
    const fitting = [...faults.values()].filter((fault) => state === 'all' || fault.state === 'reverted');
    return newestFirst(fitting).slice(0, limit).map(faultView);
  }

  async find(id: string): Promise<FaultView> {
    return faultView(await this.row(id));
  }

  /** Throws NOT_FOUND. */
  async row(id: string): Promise<FaultRow> {
    const fault = this.table.find(id) ?? (await this.store.find(id));
    if (fault === null) throw new AppError('NOT_FOUND', { what: 'fault', id });
    return fault;
  }
}

function newestFirst(faults: readonly FaultRow[]): FaultRow[] {
  return [...faults].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? -1 : 1));
}
