import type { Instant } from '../../domain/kernel/instant';
import type { ConnectionRegistry, ListedConnection } from '../../usecases/ports/gateway/connection-registry';
import type { Seat } from '../../usecases/ports/gateway/seats';
import type { Connection } from './connection';

type RegistrationParts = {
  readonly registry: ConnectionRegistry;
  readonly pod: string;
  readonly now: () => Instant;
};

/** New connections and those that have gone are told in each round, the counts of the others once in so many. */
const ROUNDS = 10;

/** Tells the registry, in batches, which connections this process has. Nothing is told for each message. */
export class Registration {
  private readonly since: Instant;
  /** Those that the registry knows, and in which round each is told anew. */
  private readonly told = new Map<string, number>();
  private round = 0;
  private hasLeft = false;

  constructor(private readonly parts: RegistrationParts) {
    this.since = parts.now();
  }

  async keep(open: ReadonlyMap<Connection, Seat>): Promise<void> {
    if (this.hasLeft) return;
    const now = this.parts.now();
    this.round = (this.round + 1) % ROUNDS;
    const isDue = ({ id }: Connection) => (this.told.get(id) ?? this.round) === this.round;
    const due = [...open].filter(([connection]) => isDue(connection));
    const ids = new Set([...open.keys()].map(({ id }) => id));
    const gone = [...this.told.keys()].filter((id) => !ids.has(id));
    const rows = due.map(([connection, seat]) => rowOf(connection, seat, now));
    const known = await this.parts.registry.tell({ pod: this.parts.pod, since: this.since, rows, gone });
    for (const id of gone) this.told.delete(id);
    for (const { connectionId } of rows) {
      if (!this.told.has(connectionId)) this.told.set(connectionId, this.told.size % ROUNDS);
    }
    if (known !== this.told.size) await this.beginAnew();
  }

  async leave(): Promise<void> {
    this.hasLeft = true;
    await this.parts.registry.leave(this.parts.pod);
  }

  /** The registry has lost what it was told, or keeps what was never confirmed: in the next round it is told all. */
  private async beginAnew(): Promise<void> {
    this.told.clear();
    await this.parts.registry.leave(this.parts.pod);
  }
}

const rowOf = (connection: Connection, { address, userId }: Seat, toldAt: Instant): ListedConnection => ({
  connectionId: connection.id,
  userId,
  sessionId: connection.caller.sessionId,
  network: networkOf(address),
  connectedAt: connection.connectedAt,
  accounts: connection.accounts.size,
  instruments: connection.instruments.size,
  framesSent: connection.framesSent,
  unreadBytes: connection.unreadBytes,
  toldAt,
});

/** `203.0.113.7` → `203.0.113.0/24`, `2001:db8:1:2::/64` → `2001:db8:1::/48`: enough to see that many come from one place. */
export function networkOf(address: string): string {
  const v4 = /^(\d+\.\d+\.\d+)\.\d+$/.exec(address)?.[1];
  if (v4 !== undefined) return `${v4}.0/24`;
  const v6 = /^([0-9a-f]+:[0-9a-f]+:[0-9a-f]+):[0-9a-f]+::\/64$/i.exec(address)?.[1];
  return v6 === undefined ? 'unknown' : `${v6}::/48`;
}
