import type { AccountId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';

/**
 * Until when all quotes are judged and saved, in a market that never stands still: there may be no moment at which
 * nothing waits and no peak is unsaved. It takes a time now and then, and notes who is not judged up to it; once all
 * of those are, it has come so far.
 */
export class JudgedMark {
  /** All until then is judged, and saved. */
  until: Instant | undefined;
  private next: { readonly at: Instant; readonly owing: Set<AccountId> } | undefined;

  /** `owing`: everybody whose judgement or saving waits. While others are still awaited nothing new is begun. */
  begin(at: Instant | undefined, owing: Iterable<AccountId>): void {
    const those = new Set(owing);
    if (at === undefined || (this.next && those.size > 0)) return;
    this.next = { at, owing: those };
    this.endIfDone();
  }

  /** The account was judged, and what came of it saved; `left`: since when something of it still waits. */
  judged(id: AccountId, left: () => Instant | undefined): void {
    if (!this.next?.owing.has(id)) return;
    const since = left();
    if (since !== undefined && since <= this.next.at) return;
    this.next.owing.delete(id);
    this.endIfDone();
  }

  private endIfDone(): void {
    if (!this.next || this.next.owing.size > 0) return;
    this.until = this.next.at;
    this.next = undefined;
  }
}
