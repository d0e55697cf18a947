import type { UserId } from '../../../domain/kernel/ids';

/** A connection's place among those of its person and among those of its address. */
export type Seat = { readonly connectionId: string; readonly userId: UserId; readonly address: string };

/** So many connections one person may have at a time, and so many may come from one address. */
export const SEATS_MAX = { person: 20, address: 500 } as const;

/** A place that was not kept for this long is free again: whoever held it has crashed. */
export const SEAT_MS = 45_000;

/** Counted over all gateways together. */
export type Seats = {
  /** Takes a place, or says whose places are all taken. Throws when it cannot count. */
  readonly take: (seat: Seat) => Promise<'taken' | 'person_full' | 'address_full'>;
  /** Says that these connections still live; has to be said again within `SEAT_MS`. */
  readonly keep: (seats: readonly Seat[]) => Promise<void>;
  readonly leave: (seat: Seat) => Promise<void>;
};
