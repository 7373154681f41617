import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EdgeKey, Topology } from '#contracts';
import { EdgeEntity } from './edge.entity.js';
import { NodeEntity } from './node.entity.js';
import { RegionEntity } from './region.entity.js';
import type { Transaction } from './unit-of-work.js';

export interface CarriedTopology extends Topology {
  /** The agent that carries each edge, in the order of `edges`. */
  readonly carriers: readonly string[];
}

// Postgres takes 65535 parameters a statement; rows of five stay far below.
const ROWS_A_STATEMENT = 2_000;

@Injectable()
export class TopologyStore {
  constructor(private readonly dataSource: DataSource) {}

  /** The graph as the agents last described it; an edge that no agent carries any more is not part of it. */
  async load(): Promise<CarriedTopology> {
    const { manager } = this.dataSource;
    const edges = (await manager.find(EdgeEntity, { order: { id: 'ASC' } })).flatMap(({ agent, ...edge }) => (agent === null ? [] : [{ agent, edge }]));
    return {
      regions: await manager.find(RegionEntity, { order: { name: 'ASC' } }),
      nodes: await manager.find(NodeEntity, { order: { name: 'ASC' } }),
      edges: edges.map(({ edge: { source, target, protocol } }) => ({ source, target, protocol })),
      carriers: edges.map(({ agent }) => agent),
    };
  }

  /** Keeps what one agent describes. */
  async save(agent: string, topology: Topology): Promise<void> {
    await this.dataSource.transaction(async (transaction) => {
      for (const regions of chunks(topology.regions)) await transaction.upsert(RegionEntity, regions, ['name']);
      for (const nodes of chunks(topology.nodes)) await transaction.upsert(NodeEntity, nodes, ['name']);
      await transaction.query('UPDATE edge SET agent = NULL WHERE agent = $1', [agent]);
      await carry(transaction, agent, topology.edges);
    });
  }

  /** Whether anybody ever described the edge. */
  knows({ source, target, protocol }: EdgeKey): Promise<boolean> {
    return this.dataSource.manager.existsBy(EdgeEntity, { source, target, protocol });
  }

  async release(transaction: Transaction, agent: string): Promise<void> {
    await transaction.update(EdgeEntity, { agent }, { agent: null });
  }
}

async function carry(transaction: Transaction, agent: string, edges: readonly EdgeKey[]): Promise<void> {
  await transaction.query(
    `INSERT INTO edge (source, target, protocol, agent) SELECT source, target, protocol, $4 FROM unnest($1::text[], $2::text[], $3::text[]) AS e (source, target, protocol)
     ON CONFLICT (source, target, protocol) DO UPDATE SET agent = EXCLUDED.agent`,
    [...columnsOf(edges), agent],
  );
}

function columnsOf(edges: readonly EdgeKey[]): string[][] {
  return [edges.map((edge) => edge.source), edges.map((edge) => edge.target), edges.map((edge) => edge.protocol)];
}

function* chunks<T>(rows: readonly T[]): Generator<T[]> {
  for (let i = 0; i < rows.length; i += ROWS_A_STATEMENT) yield rows.slice(i, i + ROWS_A_STATEMENT);
}
