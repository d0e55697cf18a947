import WebSocket from 'ws';
import { ORIGIN_SECRET_HEADER, VIEWER_ADDRESS_HEADER } from '../../../contracts/http/edge';
import type { ServerMessage } from '../../../contracts/ws/messages';
import type { AccountId } from '../../../domain/kernel/ids';
import { LiveClient, type Socket } from '../../../web/lib/live-client';
import { Looks } from './looks';
import { EDGE_WORD } from './workload';

export type Seen = {
  readonly accountId: AccountId;
  /** The gateway that it is connected to, by its place among them; undefined: to none. */
  at: number | undefined;
  /** Connections that were opened, and answered with what was missed. */
  resumed: number;
  snapshots: number;
  /** Versions of the account in the order in which they were handed over, from the snapshot's on. */
  readonly versions: number[];
  readonly codes: number[];
};

type CrowdParts = {
  readonly origin: string;
  /** Where the gateways listen: each attempt goes to the next, as a load balancer sends it. */
  readonly urls: readonly string[];
  readonly ticket: (client: number) => Promise<string | undefined>;
};

/** Many browsers in one process, each with the client that the pages use. */
export class Crowd {
  readonly clients: Seen[] = [];
  private readonly running: LiveClient<ServerMessage>[] = [];
  private readonly looks = new Looks();
  private isChecking = false;

  constructor(private readonly parts: CrowdParts) {}

  join(accountId: AccountId): void {
    const index = this.clients.length;
    const seen: Seen = { accountId, at: undefined, resumed: 0, snapshots: 0, versions: [], codes: [] };
    this.clients.push(seen);
    let attempts = 0;
    const client = new LiveClient<ServerMessage>({
      url: () => 'by its place',
      ticket: () => this.parts.ticket(index),
      open: (url) => this.open({ seen, index, gateway: (index + attempts++) % this.parts.urls.length }, url),
      onMessage: (message) => this.note(seen, message),
      onStatus: (status) => {
        if (status !== 'live') seen.at = undefined;
        this.changed();
      },
    });
    client.followAccount(accountId);
    client.start();
    this.running.push(client);
  }

  /** Resolves when all that is asked for is so; looks again after every frame. */
  until(what: string, isSo: () => boolean, withinMs: number): Promise<void> {
    return this.looks.until(what, isSo, withinMs, () => `; ${this.summary()}`);
  }

  stop(): void {
    for (const client of this.running) client.stop();
  }

  private open({ seen, index, gateway }: { seen: Seen; index: number; gateway: number }, url: string): Socket {
    const ticket = url.slice(url.indexOf('?'));
    const socket = new WebSocket(`${this.parts.urls[gateway]?.replace('http', 'ws')}/ws${ticket}`, {
      origin: this.parts.origin,
      // Each from a network of its own, as the edge would say.
      headers: { [ORIGIN_SECRET_HEADER]: EDGE_WORD, [VIEWER_ADDRESS_HEADER]: `10.${index >> 8}.${index & 255}.7` },
    });
    socket.on('error', () => undefined);
    socket.once('open', () => {
      seen.at = gateway;
    });
    socket.once('close', (code) => void seen.codes.push(code));
    return socket as unknown as Socket;
  }

  private note(seen: Seen, message: ServerMessage): void {
    if (message.type === 'account-snapshot') {
      seen.snapshots++;
      seen.versions.push(message.snapshot.version);
    }
    if (message.type === 'account-resumed') seen.resumed++;
    if (message.type === 'account-event') seen.versions.push(message.accountVersion);
    this.changed();
  }

  private changed(): void {
    if (this.isChecking) return;
    this.isChecking = true;
    setImmediate(() => {
      this.isChecking = false;
      this.looks.again();
    });
  }

  private summary(): string {
    const count = (isSo: (seen: Seen) => boolean) => this.clients.filter(isSo).length;
    const codes = new Map<number, number>();
    for (const code of this.clients.flatMap((seen) => seen.codes)) codes.set(code, (codes.get(code) ?? 0) + 1);
    return `${count(({ at }) => at === undefined)} of ${this.clients.length} away, closed with ${JSON.stringify([...codes])}`;
  }
}
