import type { Diff } from './frames';

const PENDING_MAX = 2_000;
/** A connection goes on from what it sent: where so many in a row are older, what is kept was none of its own. */
export const OLDER_MAX = 3;

/** Diffs without a hole among them, that wait for the snapshot which they continue. */
export class Pending {
  private kept: Diff[] = [];
  private older = 0;

  /** Whether it continues what is there; otherwise all before it is of no use, and is gone. */
  add(diff: Diff): boolean {
    const before = this.kept.at(-1);
    this.older = before && diff.last <= before.last ? this.older + 1 : 0;
    if (this.older >= OLDER_MAX) [this.kept, this.older] = [[diff], 0];
    if (before && diff.last <= before.last) return true;
    const isNext = !before || diff.first <= before.last + 1;
    if (!isNext) this.kept = [];
    this.kept.push(diff);
    if (this.kept.length > PENDING_MAX) this.kept.shift();
    return isNext;
  }

  clear(): void {
    this.kept = [];
  }

  isEmpty = (): boolean => this.kept.length === 0;

  /** When the venue sent the last of them. */
  newestMs = (): number | undefined => this.kept.at(-1)?.ms;

  /**
   * What is to be applied on a snapshot of this id; undefined where the snapshot is from before the first of them, so
   * that something may be missing between the two.
   */
  after(lastUpdateId: number): readonly Diff[] | undefined {
    const [first] = this.kept;
    if (!first || lastUpdateId < first.first) return undefined;
    return this.kept.filter(({ last }) => last > lastUpdateId);
  }
}
