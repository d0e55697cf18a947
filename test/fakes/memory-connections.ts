import type {
  ConnectionList,
  ConnectionRegistry,
  ListedConnection,
  Told,
} from '../../usecases/ports/gateway/connection-registry';

/** The registry without expiry: `lose` forgets all of it, as a server that has started anew. */
export class MemoryConnections implements ConnectionRegistry, ConnectionList {
  readonly told: Told[] = [];
  private readonly byPod = new Map<string, { since: Told['since']; rows: Map<string, ListedConnection> }>();

  tell = async (told: Told) => {
    this.told.push(told);
    const known = this.byPod.get(told.pod) ?? { since: told.since, rows: new Map() };
    this.byPod.set(told.pod, known);
    for (const row of told.rows) known.rows.set(row.connectionId, row);
    for (const id of told.gone) known.rows.delete(id);
    return known.rows.size;
  };

  leave = async (pod: string) => void this.byPod.delete(pod);

  pods = async () =>
    [...this.byPod]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([pod, { since, rows }]) => ({ pod, since, connections: rows.size }));

  of = async (pod: string) =>
    [...(this.byPod.get(pod)?.rows.values() ?? [])].sort((a, b) => (a.connectionId < b.connectionId ? -1 : 1));

  lose(): void {
    this.byPod.clear();
  }
}
