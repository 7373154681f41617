import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { AppError, type CreatePin, type PinView } from '#contracts';
import { AuditService } from '../audit/audit.service.js';
import { PinsStore, type Pin } from '../storage/metrics/pins.store.js';

// Each is a line in a list that people read, and up to a month of data.
const MAX_PINS = 500;

/** Spans of time of which no metrics are dropped. */
@Injectable()
export class MetricPins {
  constructor(
    private readonly pins: PinsStore,
    private readonly audit: AuditService,
  ) {}

  /** Newest span first. */
  async list(): Promise<PinView[]> {
    return (await this.pins.all()).map(viewOf);
  }

  /** Throws TOO_MANY_PINS. */
  async create({ from, to, reason }: CreatePin, actor: string): Promise<PinView> {
    if ((await this.pins.all()).length >= MAX_PINS) throw new AppError('TOO_MANY_PINS', { most: MAX_PINS });
    const pin = { id: randomUUID(), fromMs: Date.parse(from), toMs: Date.parse(to), reason };
    const view = viewOf(pin);
    await this.audit.record({ actor, action: 'metrics.pin', subject: pin.id, outcome: 'done', details: { from: view.from, to: view.to, reason } });
    await this.pins.put(pin);
    return view;
  }

  /** Throws NOT_FOUND. */
  async remove(id: string, actor: string): Promise<void> {
    if (!(await this.pins.all()).some((pin) => pin.id === id)) throw new AppError('NOT_FOUND', { what: 'pin', id });
    await this.audit.record({ actor, action: 'metrics.unpin', subject: id, outcome: 'done', details: {} });
    await this.pins.remove(id);
  }
}

function viewOf({ id, fromMs, toMs, reason }: Pin): PinView {
  return { id, from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), reason };
}
