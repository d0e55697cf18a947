import { raiseHighWater } from '../../../domain/assessment/judging/high-water-mark';
import { judge } from '../../../domain/assessment/judging/judge';
import type { InstrumentId } from '../../../domain/kernel/ids';
import type { Quote } from '../../../domain/market/book';
import { bookOf } from '../../../domain/market/mark';
import { mayDecide, spansBetween } from '../../../usecases/judging/told-extremes';
import { memoryToldPrices } from '../../fakes/memory-told-prices';
import { accountAt, busyTape, START, seeded } from '../../fixtures/risk-world';

/** Goal: a span that is passed over would have decided nothing, whatever its prices were together. */
test('where any moment of a span decides something, its extremes say that it may', async () => {
  const random = seeded(11);
  const accounts = Array.from({ length: 400 }, (_, number) => accountAt(number, random));
  const quotes = busyTape(5, 2_000, 12);
  const told = memoryToldPrices();
  for (const quote of quotes) told.keep(bookOf(quote, 'kraken'));
  const until = quotes.at(-1)?.receivedAt ?? START;
  const seen = { decided: 0, passedOver: 0 };
  for (const { rules, account } of accounts) {
    const ids = account.positions.map(({ instrument }) => instrument);
    const { spans } = await told.lately(ids, START);
    const all = [...spansBetween(spans, START, until)];
    for (const { startsAt, extremes } of all) {
      const end = Math.min(startsAt + 14_999, until) as typeof until;
      const mine = quotes.filter(({ instrument, receivedAt }) => ids.includes(instrument) && receivedAt <= end);
      const isPassedOver = !mayDecide({ rules, account }, { extremes, past: new Map(), until: end });
      const latest = new Map<InstrumentId, Quote>();
      let decides = false;
      for (const quote of mine) {
        latest.set(quote.instrument, quote);
        if (quote.receivedAt < startsAt || latest.size < ids.length) continue;
        const { verdict, worstUsd } = judge(rules, account, latest, quote.receivedAt);
        decides ||= verdict.kind !== 'open' || raiseHighWater(rules, account, worstUsd, quote.receivedAt).length > 0;
      }
      expect(decides && isPassedOver).toBe(false);
      if (decides) seen.decided += 1;
      if (isPassedOver) seen.passedOver += 1;
    }
  }
  expect(seen.decided).toBeGreaterThan(30);
  expect(seen.passedOver).toBeGreaterThan(50);
});
