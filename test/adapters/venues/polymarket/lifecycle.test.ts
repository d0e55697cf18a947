import { advanced, type OutcomeState } from '../../../../adapters/venues/outcomes/outcome-life';
import { instrumentsFrom } from '../../../../adapters/venues/polymarket/markets/instruments';
import { needsAnswer, stateOf } from '../../../../adapters/venues/polymarket/markets/lifecycle';
import { gammaMarket } from '../../../../adapters/venues/polymarket/wire/rest';
import { formatPrice, price } from '../../../../domain/kernel/money';
import type { Instrument, Payout } from '../../../../domain/market/instrument';
import type { PolymarketServer } from '../../../../local/simulators/polymarket/server';
import { OUTCOMES } from '../../../../local/simulators/truth/listing';
import type { Answer } from '../../../../local/simulators/truth/market-life';
import { captured } from '../../../captures/captured';
import { VenueLab } from '../../../fixtures/venues/venue-lab';
import { gamma, heldOutcome } from './gamma-story';

const CONTRADICTED = captured('polymarket/gamma_market_closed_binary_accepting_true');
const [FIRST, SECOND] = gammaMarket.parse(CONTRADICTED).clobTokenIds;
const HALVES = '["0.5","0.5"]';
const ENDED = { closed: true, acceptingOrders: false };
const stateText = (read: OutcomeState) =>
  read.status === 'resolved' ? `resolved ${payoutText(read.yes)} ${payoutText(read.no)}` : read.status;
const payoutText = (payout: Payout) => (payout.kind === 'void' ? 'void' : formatPrice(payout.price));

/** Goal: where a market is in its life by Gamma's words, and what YES and NO pay. One row is one answer of Gamma. */
test.each`
  story                                             | given                                                                                        | state
  ${'takes orders'}                                 | ${{}}                                                                                        | ${'open'}
  ${'takes orders though an answer was proposed'}   | ${{ umaResolutionStatuses: '["proposed"]', outcomePrices: '["0.9995","0.0005"]' }}           | ${'open'}
  ${'takes no orders for a while'}                  | ${{ acceptingOrders: false }}                                                                | ${'halted'}
  ${'is not active yet'}                            | ${{ active: false }}                                                                         | ${'halted'}
  ${'has ended'}                                    | ${ENDED}                                                                                     | ${'closed'}
  ${'says both closed and accepting orders'}        | ${{ closed: true, outcomePrices: '["1","0"]' }}                                              | ${'closed'}
  ${'an answer is proposed'}                        | ${{ ...ENDED, umaResolutionStatus: 'proposed' }}                                             | ${'pending'}
  ${'proposed before Gamma closes it'}              | ${{ acceptingOrders: false, umaResolutionStatuses: '["proposed"]' }}                         | ${'pending'}
  ${'proposed, prices as if it were over'}          | ${{ ...ENDED, umaResolutionStatus: 'proposed', outcomePrices: '["1","0"]' }}                 | ${'pending'}
  ${'the answer is disputed'}                       | ${{ ...ENDED, umaResolutionStatuses: '["proposed","disputed"]' }}                            | ${'disputed'}
  ${'proposed again after a dispute'}               | ${{ ...ENDED, umaResolutionStatuses: '["proposed","disputed","proposed"]' }}                 | ${'pending'}
  ${'the oracle is done, no prices yet'}            | ${{ ...ENDED, umaResolutionStatus: 'resolved' }}                                             | ${'pending'}
  ${'YES'}                                          | ${{ ...ENDED, umaResolutionStatus: 'resolved', outcomePrices: '["1","0"]' }}                 | ${'resolved 1 0'}
  ${'NO'}                                           | ${{ ...ENDED, umaResolutionStatus: 'resolved', outcomePrices: '["0","1"]' }}                 | ${'resolved 0 1'}
  ${'an empty book, priced at 0 and 1'}             | ${{ ...ENDED, outcomePrices: '["0","1"]' }}                                                  | ${'closed'}
  ${'settled without the oracle'}                   | ${{ ...ENDED, automaticallyResolved: true, outcomePrices: '["1","0"]' }}                     | ${'resolved 1 0'}
  ${'nobody wins'}                                  | ${{ ...ENDED, umaResolutionStatus: 'resolved', outcomePrices: '["0.5","0.5"]' }}             | ${'resolved 0.5 0.5'}
  ${'halves as the price of a market never traded'} | ${{ ...ENDED, outcomePrices: '["0.5","0.5"]' }}                                              | ${'closed'}
  ${'zero prices, as old markets have'}             | ${{ ...ENDED, umaResolutionStatus: 'resolved', outcomePrices: '["0","0"]' }}                 | ${'pending'}
  ${'fractions, as old markets have'}               | ${{ ...ENDED, umaResolutionStatus: 'resolved', outcomePrices: '["0.97","0.03"]' }}           | ${'pending'}
  ${'almost one'}                                   | ${{ ...ENDED, outcomePrices: '["0.9999999","0.0000001"]' }}                                  | ${'closed'}
  ${'prices that are none'}                         | ${{ ...ENDED, outcomePrices: 'soon' }}                                                       | ${'closed'}
  ${'put away without any answer'}                  | ${{ ...ENDED, archived: true }}                                                              | ${'resolved void void'}
  ${'put away with an answer'}                      | ${{ ...ENDED, archived: true, umaResolutionStatus: 'resolved', outcomePrices: '["0","1"]' }} | ${'resolved 0 1'}
  ${'the oracle is done, and orders are taken'}     | ${{ closed: true, umaResolutionStatus: 'resolved', outcomePrices: '["1","0"]' }}             | ${'pending'}
  ${'put away while an answer is proposed'}         | ${{ ...ENDED, archived: true, umaResolutionStatus: 'proposed' }}                             | ${'pending'}
`('$story: $state', ({ given, state }) => {
  expect(stateText(stateOf(gamma(given)))).toBe(state);
});

/** Goal: a market in which the oracle has no part ends by the word of both Gamma and the CLOB, and by no less. */
test.each`
  prices             | winner       | state
  ${'["1","0"]'}     | ${'1'}       | ${'resolved 1 0'}
  ${'["0","1"]'}     | ${'2'}       | ${'resolved 0 1'}
  ${'["1","0"]'}     | ${'2'}       | ${'closed'}
  ${'["1","0"]'}     | ${undefined} | ${'closed'}
  ${'["0.5","0.5"]'} | ${'1'}       | ${'closed'}
  ${'["0.9","0.1"]'} | ${'1'}       | ${'closed'}
`('at $prices, with $winner for the CLOB’s winner: $state', ({ prices, winner, state }) => {
  expect(stateText(stateOf({ ...gamma({ ...ENDED, outcomePrices: prices }), winner }))).toBe(state);
});

/** Goal: a market that says both closed and accepting orders, as it was seen, ends when the CLOB agrees. */
test.each`
  clob                  | given                                                         | state
  ${{}}                 | ${{}}                                                         | ${'closed'}
  ${{ winner: FIRST }}  | ${{}}                                                         | ${'resolved 1 0'}
  ${{ winner: SECOND }} | ${{}}                                                         | ${'closed'}
  ${{ winner: SECOND }} | ${{ outcomePrices: '["0","1"]' }}                             | ${'resolved 0 1'}
  ${{ winner: FIRST }}  | ${{ umaResolutionStatus: 'resolved' }}                        | ${'resolved 1 0'}
  ${{ winner: SECOND }} | ${{ umaResolutionStatus: 'resolved' }}                        | ${'pending'}
  ${{ winner: FIRST }}  | ${{ umaResolutionStatus: 'proposed' }}                        | ${'pending'}
  ${{ isSplit: true }}  | ${{ umaResolutionStatus: 'resolved', outcomePrices: HALVES }} | ${'resolved 0.5 0.5'}
  ${{ isSplit: true }}  | ${{ outcomePrices: HALVES }}                                  | ${'closed'}
  ${{ winner: FIRST }}  | ${{ closed: false }}                                          | ${'open'}
`('closed, taking orders, the CLOB says $clob, Gamma $given: $state', ({ clob, given, state }) => {
  const market = { ...gammaMarket.parse({ ...(CONTRADICTED as object), ...given }), ...clob };
  expect(stateText(stateOf(market))).toBe(state);
});

test('of such a market the CLOB is asked, of one whose answer is proposed or known it is not', () => {
  const needs = (given: object) => needsAnswer(gammaMarket.parse({ ...(CONTRADICTED as object), ...given }));
  expect(needs({})).toBe(true);
  expect(needs({ umaResolutionStatus: 'resolved', umaResolutionStatuses: '["proposed"]' })).toBe(true);
  expect(needs({ umaResolutionStatus: 'proposed' })).toBe(false);
  expect(needs({ closed: false })).toBe(false);
});

/** Goal: what an answer of Gamma that may be an old one changes of what is known. */
test.each`
  known         | read                                                                     | then
  ${'open'}     | ${{}}                                                                    | ${'open'}
  ${'halted'}   | ${{}}                                                                    | ${'open'}
  ${'closed'}   | ${{}}                                                                    | ${'closed'}
  ${'closed'}   | ${{ acceptingOrders: false }}                                            | ${'closed'}
  ${'closed'}   | ${{ ...ENDED, umaResolutionStatus: 'proposed' }}                         | ${'pending'}
  ${'pending'}  | ${{ ...ENDED, umaResolutionStatus: 'disputed' }}                         | ${'disputed'}
  ${'disputed'} | ${{ ...ENDED, umaResolutionStatus: 'proposed' }}                         | ${'pending'}
  ${'disputed'} | ${{}}                                                                    | ${'open'}
  ${'resolved'} | ${{}}                                                                    | ${'resolved 1'}
  ${'resolved'} | ${{ ...ENDED, umaResolutionStatus: 'disputed' }}                         | ${'resolved 1'}
  ${'resolved'} | ${{ ...ENDED, automaticallyResolved: true, outcomePrices: '["0","1"]' }} | ${'resolved 0'}
`('known as $known, read as $read: $then', ({ known, read, then }) => {
  const payout: Payout | null = known === 'resolved' ? { kind: 'pays', price: price(10n ** 8n) } : null;
  const before: Instrument = { ...heldOutcome(OUTCOMES[0]?.slug ?? '', 'yes'), status: known, payout };
  const [now] = instrumentsFrom(gamma(read));
  const after = now && advanced(before, now);
  expect(after?.payout ? `${after.status} ${payoutText(after.payout)}` : after?.status).toBe(then);
});

describe('a market that ends, over a socket', () => {
  const market = OUTCOMES[1] as (typeof OUTCOMES)[number];
  const [yes, no] = [`PM-${market.slug}-YES`, `PM-${market.slug}-NO`];
  let lab: VenueLab<PolymarketServer>;
  beforeEach(async () => {
    lab = await VenueLab.polymarket();
    await lab.until(() => lab.quality(yes) === 'good' && lab.quality(no) === 'good');
  });
  afterEach(() => lab.close());

  const isAt = (status: string) => () => lab.status(yes) === status && lab.status(no) === status;

  test('goes all the way: closed, proposed, disputed, proposed again, resolved', async () => {
    for (const [step, status] of [
      ['close', 'closed'],
      ['pend', 'pending'],
      ['dispute', 'disputed'],
      ['pend', 'pending'],
    ] as const) {
      lab.truth.setStatus(market, step);
      await lab.until(isAt(status));
    }
    lab.truth.resolve(market, 'no');
    await lab.until(() => lab.status(yes) === 'resolved 0' && lab.status(no) === 'resolved 1');
    expect(lab.life(yes)).toEqual(['open', 'closed', 'pending', 'disputed', 'pending', 'resolved 0']);
  });

  test.each`
    answer     | yesPays            | noPays
    ${'yes'}   | ${'resolved 1'}    | ${'resolved 0'}
    ${'no'}    | ${'resolved 0'}    | ${'resolved 1'}
    ${'50-50'} | ${'resolved 0.5'}  | ${'resolved 0.5'}
    ${'void'}  | ${'resolved void'} | ${'resolved void'}
  `('from trading straight to $answer: $yesPays, $noPays', async ({ answer, yesPays, noPays }) => {
    lab.truth.resolve(market, answer as Answer);
    await lab.until(() => lab.status(yes) === yesPays && lab.status(no) === noPays);
  });

  test('a resolution that is corrected pays anew, and only then', async () => {
    lab.truth.resolve(market, 'yes');
    await lab.until(() => lab.status(yes) === 'resolved 1');
    lab.truth.correct(market, 'no');
    await lab.until(() => lab.status(yes) === 'resolved 0' && lab.status(no) === 'resolved 1');
    expect(lab.life(yes).slice(-2)).toEqual(['resolved 1', 'resolved 0']);
  });

  test('its emptied book marks nothing: the last good one grows stale, and no quote follows', async () => {
    const last = lab.books.get(yes as never);
    lab.history.length = 0;
    lab.truth.setStatus(market, 'close');
    await lab.until(isAt('closed'));
    await lab.until(() => lab.quality(yes) === 'stale' && lab.quality(no) === 'stale');
    const ours = lab.history.filter(({ instrument }) => instrument === yes || instrument === no);
    expect(ours.filter(({ quality, bids, asks }) => quality === 'good' && bids.length + asks.length === 0)).toEqual([]);
    expect(ours.at(-1)?.sequence).toBeGreaterThan(last?.sequence ?? Number.POSITIVE_INFINITY);
  });

  test('its end is known at once by its empty book, long before the catalogue is read again', async () => {
    const slow = await VenueLab.polymarket({ tempo: { readEveryMs: 3_600_000, resolvedAgainMs: 3_600_000 } });
    await slow.until(() => slow.quality(yes) === 'good');
    slow.truth.setStatus(market, 'close');
    await slow.until(() => slow.status(yes) === 'closed');
    await slow.close();
  });

  test('a resolution that names a token of no such market closes it, and pays by Gamma’s word alone', async () => {
    const other = OUTCOMES[0] as (typeof OUTCOMES)[number];
    lab.venue.inject(
      JSON.stringify({
        event_type: 'market_resolved',
        market: market.conditionId,
        assets_ids: [market.yesToken, other.noToken],
        winning_asset_id: market.yesToken,
        winning_outcome: 'Yes',
        timestamp: `${Date.now()}`,
      }),
    );
    await lab.until(() => lab.status(yes) === 'closed');
    lab.truth.resolve(market, 'no');
    await lab.until(() => lab.status(yes) === 'resolved 0');
    expect(lab.lives.filter((line) => line.endsWith('resolved 1'))).toEqual([`${no} resolved 1`]);
  });
});

describe('what an earlier run left in the catalogue', () => {
  const { slug } = OUTCOMES[2] as (typeof OUTCOMES)[number];
  const [yes, market] = [`PM-${slug}-YES`, OUTCOMES[2] as (typeof OUTCOMES)[number]];
  const held = (more: Partial<Instrument>) => async () => [
    heldOutcome(slug, 'yes', more),
    heldOutcome(slug, 'no', more),
  ];
  const markets = [OUTCOMES[0]?.slug ?? ''];

  test('a market that resolved while nobody looked is resolved', async () => {
    const lab = await VenueLab.polymarket({ markets, held: held({ status: 'pending' }) });
    lab.truth.resolve(market, 'yes');
    await lab.until(() => lab.status(yes) === 'resolved 1');
    await lab.close();
  });

  test('a resolution that was corrected while nobody looked is corrected', async () => {
    const paid: Payout = { kind: 'pays', price: price(0n) };
    const lab = await VenueLab.polymarket({ markets, held: held({ status: 'resolved', payout: paid }) });
    lab.truth.resolve(market, 'yes');
    await lab.until(() => lab.status(yes) === 'resolved 1');
    expect(lab.life(yes)).toEqual(['resolved 0', 'resolved 1']);
    await lab.close();
  });

  test.each`
    story                     | misfortune                                                           | said
    ${'is listed no more'}    | ${(venue: PolymarketServer) => venue.delist(market)}                 | ${/rain.* is halted: it is no longer listed/}
    ${'goes by another name'} | ${(venue: PolymarketServer) => venue.rename(market, 'another-name')} | ${/rain.* is halted: it is now called another-name/}
  `('a market that $story is halted, with the reason said once', async ({ misfortune, said }) => {
    const lab = await VenueLab.polymarket({ markets, held: held({ status: 'open' }) });
    await lab.until(() => lab.quality(yes) === 'good');
    misfortune(lab.venue);
    await lab.until(() => lab.status(yes) === 'halted');
    expect(lab.troubles).toEqual([expect.stringMatching(said)]);
    await lab.close();
  });

  test('a market under another name still resolves', async () => {
    const lab = await VenueLab.polymarket({ markets, held: held({ status: 'open' }) });
    await lab.until(() => lab.quality(yes) === 'good');
    lab.venue.rename(market, 'another-name');
    await lab.until(() => lab.status(yes) === 'halted');
    lab.truth.setStatus(market, 'close');
    await lab.until(() => lab.status(yes) === 'closed');
    lab.truth.resolve(market, '50-50');
    await lab.until(() => lab.status(yes) === 'resolved 0.5');
    await lab.close();
  });
});

describe('which markets can be instruments', () => {
  test.each`
    story                        | given                                           | statuses
    ${'an open one'}             | ${{}}                                           | ${['open', 'open']}
    ${'one of two teams'}        | ${{ outcomes: '["Reds","Blues"]' }}             | ${['open', 'open']}
    ${'one of three'}            | ${{ outcomes: '["Reds","Blues","Draw"]' }}      | ${[]}
    ${'another fee formula'}     | ${{ feeSchedule: { rate: 0.04, exponent: 2 } }} | ${[]}
    ${'a slug unfit for an id'}  | ${{ slug: 'a_b' }}                              | ${[]}
    ${'a tick beyond our scale'} | ${{ orderPriceMinTickSize: 1e-9 }}              | ${[]}
  `('$story', ({ given, statuses }) => {
    expect(instrumentsFrom(gamma(given)).map(({ status }) => status)).toEqual(statuses);
  });

  test.each`
    story            | given                                                | taker      | maker
    ${'takers pay'}  | ${{}}                                                | ${40_000n} | ${0n}
    ${'both pay'}    | ${{ feeSchedule: { rate: 0.04, takerOnly: false } }} | ${40_000n} | ${40_000n}
    ${'nobody pays'} | ${{ feesEnabled: false }}                            | ${0n}      | ${0n}
  `('$story', ({ given, taker, maker }) => {
    expect(instrumentsFrom(gamma(given))[0]).toMatchObject({
      takerFee: { kind: 'probability', rate: taker },
      makerFee: { kind: 'probability', rate: maker },
    });
  });

  test.each`
    story            | given                    | eventId  | category
    ${'its event’s'} | ${{}}                    | ${'77'}  | ${'Weather'}
    ${'its own'}     | ${{ category: 'Sky' }}   | ${'77'}  | ${'Sky'}
    ${'of no event'} | ${{ events: undefined }} | ${'0x1'} | ${'Other'}
  `('event and category: $story', ({ given, eventId, category }) => {
    expect(instrumentsFrom(gamma(given))[0]?.outcome).toMatchObject({ eventId, category });
  });
});
