import { SEAT_MS, SEATS_MAX, type Seat, type Seats } from '../../usecases/ports/gateway/seats';

/** Places in memory, by a clock that the test turns. */
export class MemorySeats implements Seats {
  private readonly until = new Map<string, { readonly seat: Seat; readonly at: number }>();

  constructor(private readonly nowMs: () => number = () => 0) {}

  take: Seats['take'] = async (seat) => {
    const held = [...this.until.values()].filter(({ at }) => at > this.nowMs()).map((one) => one.seat);
    if (held.filter(({ address }) => address === seat.address).length >= SEATS_MAX.address) return 'address_full';
    if (held.filter(({ userId }) => userId === seat.userId).length >= SEATS_MAX.person) return 'person_full';
    await this.keep([seat]);
    return 'taken';
  };

  keep: Seats['keep'] = async (seats) => {
    for (const seat of seats) this.until.set(seat.connectionId, { seat, at: this.nowMs() + SEAT_MS });
  };

  leave: Seats['leave'] = async ({ connectionId }) => void this.until.delete(connectionId);
}
