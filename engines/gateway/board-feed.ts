import type { Envelope } from '../../contracts/topics/envelope';
import type { AccountId } from '../../domain/kernel/ids';
import type { Month } from '../../domain/kernel/month';
import type { Result } from '../../domain/kernel/result';
import type { Board } from '../../usecases/ports/assessments/leaderboards';
import type { ReadBoard } from '../../usecases/reporting/read-leaderboard';
import type { Connection } from './connection';
import { type Body, boardBody } from './frames';

type AskedBoard = { readonly tier: string; readonly month?: Month | undefined };

export type BoardFeedParts = {
  readonly find: (asked: AskedBoard) => Promise<Result<Board, 'leaderboard_unknown'>>;
  readonly read: (board: Board) => Promise<ReadBoard>;
  /** Says that these accounts are to be ranked anew, by whichever process takes them. */
  readonly touch: (ids: readonly AccountId[]) => Promise<void>;
  /** Ranks some of the accounts that wait for it. */
  readonly rank: () => Promise<unknown>;
};

/** What may change somebody's place. */
const RANKING: ReadonlySet<string> = new Set([
  'trading.order-filled',
  'trading.position-settled',
  'assessment.abandoned',
  'assessment.completed',
  'assessment.held',
  'assessment.released',
]);

const BOARDS_MAX = 5;

type Followed = { readonly board: Board; readonly connections: Set<Connection>; sent: Body | undefined };

/** Leaderboards as state: the board at once, then again in each round in which it has changed. */
export class BoardFeed {
  private readonly followed = new Map<string, Followed>();
  private touched = new Set<AccountId>();

  constructor(private readonly parts: BoardFeedParts) {}

  async follow(connection: Connection, asked: AskedBoard): Promise<void> {
    const found = await this.parts.find(asked);
    if (!found.ok) return connection.refuse(found.refusal, found.fault?.field ?? 'tier', found.fault?.rule ?? '');
    const key = keyOf(found.value);
    if (connection.boards.size >= BOARDS_MAX && !connection.boards.has(key)) {
      return connection.refuse('too_many_subscriptions', 'tier', `at most ${BOARDS_MAX} leaderboards at a time`);
    }
    const body = boardBody(await this.parts.read(found.value));
    if (!connection.isOpen) return;
    const followed = this.followed.get(key) ?? { board: found.value, connections: new Set(), sent: body };
    this.followed.set(key, followed);
    followed.connections.add(connection);
    connection.boards.add(key);
    connection.send(body);
  }

  async unfollow(connection: Connection, asked: AskedBoard): Promise<void> {
    const found = await this.parts.find(asked);
    if (found.ok) this.leave(connection, keyOf(found.value));
  }

  /** The connection is gone. */
  forget(connection: Connection): void {
    for (const key of [...connection.boards]) this.leave(connection, key);
  }

  post(event: Envelope): void {
    if (RANKING.has(event.type) && 'accountId' in event.data) this.touched.add(event.data.accountId as AccountId);
  }

  /** One round: what happened is ranked, and whoever follows a board that changed is told. */
  async round(): Promise<void> {
    const touched = [...this.touched];
    this.touched = new Set();
    await this.parts.touch(touched);
    await this.parts.rank();
    for (const followed of [...this.followed.values()]) {
      const body = boardBody(await this.parts.read(followed.board));
      if (body === followed.sent) continue;
      followed.sent = body;
      for (const connection of followed.connections) connection.send(body);
    }
  }

  private leave(connection: Connection, key: string): void {
    connection.boards.delete(key);
    const followed = this.followed.get(key);
    followed?.connections.delete(connection);
    if (followed?.connections.size === 0) this.followed.delete(key);
  }
}

const keyOf = ({ tier, month }: Board): string => `${month} ${tier}`;
