/**
 * The platform's time, which alone decides when an order is refused. An answer that names the time of the platform
 * says that it is now between that and as much later as the answer took; a reckoning that lies outside is put right.
 * In between, a clock of the browser that nobody can set goes on from there.
 */
export class ServerClock {
  private aheadMs: number | undefined;

  constructor(
    private readonly monotonic: () => number,
    private readonly wall: () => number,
  ) {}

  /** Takes in an answer of `at`, asked for when the monotonic clock read `askedAt`. */
  hear(at: number, askedAt: number): void {
    const heardAt = this.monotonic();
    const reckoned = this.aheadMs === undefined ? Number.NaN : heardAt + this.aheadMs;
    if (reckoned >= at && reckoned <= at + heardAt - askedAt) return;
    this.aheadMs = at + (heardAt - askedAt) / 2 - heardAt;
  }

  /** In epoch milliseconds; until the platform has said its time, the computer's own. */
  now = (): number => (this.aheadMs === undefined ? this.wall() : Math.floor(this.monotonic() + this.aheadMs));
}
