import pg from 'pg';
import { BlocksStore } from './blocks.store.js';
import { ExemplarsStore } from './exemplars.store.js';
import { FamiliesStore } from './families.store.js';
import { JournalStore } from './journal.store.js';
import { PinsStore } from './pins.store.js';
import { SeriesStore } from './series.store.js';
import { WriterLeaseStore } from './writer-lease.store.js';

/** The stores of one thread, over connections of its own. */
export interface MetricStorage {
  readonly lease: WriterLeaseStore;
  readonly journal: JournalStore;
  readonly series: SeriesStore;
  readonly blocks: BlocksStore;
  readonly exemplars: ExemplarsStore;
  readonly families: FamiliesStore;
  readonly pins: PinsStore;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 5_000;
// A connection that breaks at the wrong moment never answers. All writes wait for the journal's answer, and what it was asked can be asked again.
const URGENT = { max: 2, query_timeout: 5_000 };
// Moving a window of a million series takes long; a database that hangs must still be noticed.
const PATIENT = { max: 3, query_timeout: 60_000 };

export function openMetricStorage(settings: { readonly databaseUrl: string; readonly holder: string; readonly lostConnection: (message: string) => void }): MetricStorage {
  const open = (limits: { readonly max: number; readonly query_timeout: number }): pg.Pool => {
    const pool = new pg.Pool({ ...limits, connectionString: settings.databaseUrl, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, keepAlive: true });
    // Without a listener the first lost idle connection would end the thread.
    pool.on('error', (error) => settings.lostConnection(`A database connection of the metric store was lost: ${error.message}`));
    return pool;
  };
  const [urgent, pool] = [open(URGENT), open(PATIENT)];
  return {
    lease: new WriterLeaseStore(urgent, settings.holder),
    journal: new JournalStore(urgent),
    series: new SeriesStore(pool),
    blocks: new BlocksStore(pool),
    exemplars: new ExemplarsStore(pool),
    families: new FamiliesStore(pool),
    pins: new PinsStore(pool),
    close: async () => {
      await Promise.all([urgent.end(), pool.end()]);
    },
  };
}
