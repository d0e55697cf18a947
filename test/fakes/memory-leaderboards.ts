import type { AccountId, UserId } from '../../domain/kernel/ids';
import type { Month } from '../../domain/kernel/month';
import type {
  Board,
  BoardLine,
  Leaderboards,
  RankedLine,
  TouchedAccounts,
} from '../../usecases/ports/assessments/leaderboards';

type Kept = BoardLine & { readonly row: string };

/** Boards of one process; `lose` forgets all of them, as a server that has started anew. */
export class MemoryLeaderboards implements Leaderboards, TouchedAccounts {
  private boards = new Map<string, Map<string, Kept>>();
  private states = new Map<Month, UserId | 'whole'>();
  private touched = new Set<AccountId>();

  put = async (board: Board, userId: UserId, line: BoardLine | undefined) => {
    const lines = this.linesOf(board);
    if (line) lines.set(userId, { ...line, row: `row-of-${userId}` });
    else lines.delete(userId);
  };

  page = async (board: Board, after: string | undefined, limit: number) => {
    const ranked = this.ranked(board);
    const [returned, row] = after?.split('.') ?? [];
    const found = ranked.findIndex((line) => line.row === row);
    const lower = ranked.findIndex((line) => line.returned < BigInt(returned ?? 0));
    const start = after === undefined ? 0 : found >= 0 ? found + 1 : lower < 0 ? ranked.length : lower;
    const lines = ranked.slice(start, start + limit);
    const last = lines.at(-1);
    const isMore = start + limit < ranked.length;
    return { lines, total: ranked.length, next: isMore && last ? `${last.returned}.${last.row}` : null };
  };

  own = async (board: Board, userId: UserId) => this.ranked(board).find(({ row }) => row === `row-of-${userId}`);

  building = async (month: Month) => {
    const state = this.states.get(month);
    return state === 'whole' ? ('whole' as const) : { after: state };
  };

  begin = async (month: Month) => {
    for (const key of this.boards.keys()) if (key.startsWith(`${month} `)) this.boards.delete(key);
    this.states.delete(month);
  };

  built = async (month: Month, until: UserId | 'whole') => void this.states.set(month, until);

  touch = async (ids: readonly AccountId[]) => {
    for (const id of ids) this.touched.add(id);
  };

  take = async (count: number) => {
    const taken = [...this.touched].slice(0, count);
    for (const id of taken) this.touched.delete(id);
    return taken;
  };

  lose(): void {
    [this.boards, this.states, this.touched] = [new Map(), new Map(), new Set()];
  }

  private ranked(board: Board): readonly RankedLine[] {
    const lines = [...this.linesOf(board).values()].sort((a, b) =>
      a.returned === b.returned ? (a.row < b.row ? 1 : -1) : a.returned < b.returned ? 1 : -1,
    );
    return lines.map((line) => ({ ...line, rank: 1 + lines.filter((one) => one.returned > line.returned).length }));
  }

  private linesOf({ month, tier }: Board) {
    const key = `${month} ${tier}`;
    const lines = this.boards.get(key) ?? new Map<string, Kept>();
    this.boards.set(key, lines);
    return lines;
  }
}
