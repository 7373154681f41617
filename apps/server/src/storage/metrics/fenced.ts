import type { Pool, PoolClient } from 'pg';
import { WriterReplacedError } from './journal.store.js';

// Dropping a partition waits for those who read it, and everybody else waits behind it: better to give up and try in the next round.
const LOCK_TIMEOUT = `SET LOCAL lock_timeout = '2s'`;

/** A transaction that is only for the writer of this epoch: a successor waits until it has ended. Throws WriterReplacedError when there is one already. */
export async function fenced(pool: Pool, epoch: number, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  // The statement that is under way fails; without a listener the loss would end the thread as well.
  client.on('error', ignoreLoss);
  try {
    await client.query(`BEGIN; ${LOCK_TIMEOUT}`);
    const { rowCount } = await client.query('SELECT 1 FROM metric_writer WHERE epoch = $1 FOR KEY SHARE', [epoch]);
    if (rowCount !== 1) throw new WriterReplacedError();
    await work(client);
    await client.query('COMMIT');
    client.off('error', ignoreLoss);
    client.release();
  } catch (error) {
    // The connection goes with the transaction: a rollback on a broken one would hide why.
    client.release(true);
    throw error;
  }
}

function ignoreLoss(): void {}
