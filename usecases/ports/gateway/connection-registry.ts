import type { SessionId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';

/** A live connection as an operator sees it. The counts are of `toldAt`, half a minute ago at most. */
export type ListedConnection = {
  readonly connectionId: string;
  readonly userId: UserId;
  readonly sessionId: SessionId;
  /** The network that it came from: no whole address is kept. */
  readonly network: string;
  readonly connectedAt: Instant;
  readonly accounts: number;
  readonly instruments: number;
  readonly framesSent: number;
  readonly unreadBytes: number;
  readonly toldAt: Instant;
};

/** One process of the gateway, since when it serves, and how many connections it has. */
export type ListedPod = { readonly pod: string; readonly since: Instant; readonly connections: number };

/** What one process says of its connections: rows that are new or changed, and those that have gone. */
export type Told = {
  readonly pod: string;
  readonly since: Instant;
  readonly rows: readonly ListedConnection[];
  readonly gone: readonly string[];
};

/** A process that says nothing for this long is dead, and its connections with it. */
export const REGISTERED_MS = 10_000;

/** Who is connected where, over all gateways. It can be lost at any time: each gateway tells its part again. */
export type ConnectionRegistry = {
  /** Answers how many connections of the process are known afterwards. */
  readonly tell: (told: Told) => Promise<number>;
  /** The process ends in good order. */
  readonly leave: (pod: string) => Promise<void>;
};

/** The connections of one pod come in the order of their ids, which is that of their beginning. */
export type ConnectionList = {
  readonly pods: () => Promise<readonly ListedPod[]>;
  readonly of: (pod: string) => Promise<readonly ListedConnection[]>;
};
