import type { InstrumentId } from '../../domain/kernel/ids';
import type { Published } from '../../usecases/market-data/publish-book';
import { statesOf } from '../../usecases/market-data/states-of';
import type { MarketState, StateChange, StatePublisher } from '../../usecases/ports/market-data/market-state';

type StateTellerParts = {
  readonly states: StatePublisher;
  readonly counted: (state: MarketState) => void;
};

/**
 * Tells each change between the states of what is published, once: of a coin those of its mark and of each of its
 * venues. What could not be told is told with what is published next, if it is still so.
 */
export class StateTeller {
  /** What was told last, by instrument and venue. */
  private readonly told = new Map<string, StateChange>();

  constructor(private readonly parts: StateTellerParts) {}

  /** Another copy tells these from now on: whoever goes on after it begins with everything. */
  forget(isOf: (instrument: InstrumentId) => boolean): void {
    for (const [place, { instrument }] of this.told) if (isOf(instrument)) this.told.delete(place);
  }

  /** Publishes, and then tells what changed by it. */
  following<Given extends readonly unknown[]>(
    publish: (...given: Given) => Promise<Published>,
  ): (...given: Given) => Promise<Published> {
    return async (...given) => {
      const published = await publish(...given);
      const changes = statesOf(published.book).filter((state) => this.isNews(state));
      if (changes.length === 0) return published;
      try {
        await this.parts.states.publishStates(changes);
      } catch (error) {
        return { ...published, failures: [...published.failures, error] };
      }
      for (const change of changes) {
        this.told.set(placeOf(change), change);
        this.parts.counted(change.state);
      }
      return published;
    };
  }

  private isNews(now: StateChange): boolean {
    const before = this.told.get(placeOf(now));
    return before?.state !== now.state || before.reason !== now.reason;
  }
}

const placeOf = ({ instrument, venue }: StateChange): string => `${instrument} ${venue}`;
