import { type Instant, instant, plusMs } from '../../domain/kernel/instant';
import type { VenueClock } from '../../domain/market/venue-clock';
import { venueTime } from './venue-time';

/** Venues whose heartbeats have no stamp send one about a second after whatever they sent last. */
const HEARTBEAT_MS = 1_000;
/** One that comes sooner after another frame was held up on its way, as that frame was. */
const HEARTBEAT_MS_MIN = 800;
/** Signs that follow each other more closely are passed over. */
const EVERY_MS = 50;

/**
 * Until when one connection has delivered all that the venue sent on it, as its own frames tell. They keep their order:
 * whatever came with a stamp says it for every book of the connection. An answer to a ping would say nothing of the
 * books, so none is sent.
 */
export class SignsOfLife {
  private last: Instant | undefined;
  private told = Number.NEGATIVE_INFINITY;
  private frameAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: { readonly venueClock: VenueClock; readonly onAlive: (at: Instant) => void }) {}

  /** The connection is a new one. */
  begin(): void {
    this.last = undefined;
    this.frameAt = Number.NEGATIVE_INFINITY;
  }

  /** A frame of what happens at the venue, at the time that it names. */
  frame(venueMs: number | undefined, receivedAt: Instant): void {
    this.frameAt = receivedAt;
    if (venueMs === undefined) return;
    const { at, isOff } = venueTime(venueMs, receivedAt, this.parts.venueClock);
    if (!isOff) this.alive(at);
  }

  /** It has no stamp, but it was sent a second after the frame before it. */
  heartbeat(receivedAt: Instant): void {
    const isPunctual = receivedAt - this.frameAt >= HEARTBEAT_MS_MIN;
    this.frameAt = receivedAt;
    if (!isPunctual || this.last === undefined) return;
    this.alive(instant(Math.min(plusMs(this.last, HEARTBEAT_MS), receivedAt)));
  }

  private alive(at: Instant): void {
    this.last = at;
    if (Math.abs(at - this.told) < EVERY_MS) return;
    this.told = at;
    this.parts.onAlive(at);
  }
}
