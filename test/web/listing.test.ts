import { changedListing, marketStateText, noTradingText } from '../../web/lib/listing';
import { btc, rain } from './account';

const PAYS = { kind: 'pays', price: '1' } as const;

/** Goal: a market that is halted, closed or resolved says so where its price stands, and why no order goes through. */
test.each`
  status        | payout              | badge                    | note
  ${'open'}     | ${null}             | ${undefined}             | ${undefined}
  ${'halted'}   | ${null}             | ${'Halted'}              | ${/halted; no order/}
  ${'closed'}   | ${null}             | ${'Closed'}              | ${/waits for its resolution/}
  ${'pending'}  | ${null}             | ${'Awaiting resolution'} | ${/not final yet/}
  ${'disputed'} | ${null}             | ${'Resolution disputed'} | ${/not final yet/}
  ${'resolved'} | ${PAYS}             | ${'Resolved'}            | ${/each share pays \$1\./}
  ${'resolved'} | ${{ kind: 'void' }} | ${'Void'}                | ${/is void/}
`('$status: $badge', ({ status, payout, badge, note }) => {
  const market = { ...rain('yes'), status, payout };
  expect(marketStateText(market)).toBe(badge);
  if (note === undefined) expect(noTradingText(market)).toBeUndefined();
  else expect(noTradingText(market)).toMatch(note);
});

test('a change is of one instrument; an unknown one changes nothing', () => {
  const listed = [btc, rain('yes'), rain('no')];
  const message = { type: 'instrument-changed', n: 3, instrument: rain('yes').id, status: 'resolved', payout: PAYS };
  const changed = changedListing(listed, message as never);
  expect(changed.map(({ status, payout }) => [status, payout])).toEqual([
    ['open', null],
    ['resolved', PAYS],
    ['open', null],
  ]);
  expect(changedListing(listed, { ...message, instrument: 'ETH-USD' } as never)).toEqual(listed);
});

test('a coin that another venue halts goes on where the account trades it', () => {
  const halted = { type: 'instrument-changed', n: 3, instrument: btc.id, status: 'halted', payout: null };
  const stateAfter = (venue: string) => changedListing([btc], { ...halted, venue } as never)[0]?.status;
  expect([stateAfter('coinbase'), stateAfter('kraken')]).toEqual(['open', 'halted']);
});
