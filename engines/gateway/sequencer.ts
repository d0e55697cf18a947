/**
 * Puts one account's events back into their order. They arrive from several topics, so they may overtake one another,
 * come twice, or be missing. It begins paused: nothing is released before the state that the events follow is known.
 */
export class Sequencer<Event> {
  private readonly held = new Map<number, Event>();
  private version = 0;
  private isPaused = true;

  /** Whether an event waits for a predecessor that has not come. */
  get isWaiting(): boolean {
    return !this.isPaused && this.held.size > 0;
  }

  /** The version up to which everything was released, or a snapshot told; 0: nothing yet. */
  get reached(): number {
    return this.version;
  }

  get size(): number {
    return this.held.size;
  }

  /** Takes the event of `version`; answers those whose turn it is now. */
  take(version: number, event: Event): readonly Event[] {
    if (version > this.version) this.held.set(version, event);
    return this.release();
  }

  /** Holds everything back, because a snapshot is on its way. */
  pause(): void {
    this.isPaused = true;
  }

  /** A snapshot as of `version` was sent: what it contains is dropped, what follows it is answered. */
  resume(version: number): readonly Event[] {
    this.isPaused = false;
    this.version = version;
    for (const held of this.held.keys()) if (held <= version) this.held.delete(held);
    return this.release();
  }

  /** Forgets what waits; only a snapshot can follow. */
  clear(): void {
    this.held.clear();
    this.isPaused = true;
  }

  private release(): readonly Event[] {
    const released: Event[] = [];
    while (!this.isPaused) {
      const next = this.held.get(this.version + 1);
      if (next === undefined) break;
      this.version++;
      this.held.delete(this.version);
      released.push(next);
    }
    return released;
  }
}
