import type { Verdict } from '../../domain/assessment/judging/judgement';
import { qty } from '../../domain/kernel/money';
import { levelKey, NOTHING_TAKEN } from '../../domain/market/taken';
import { accountWith, at, BTC, bitcoin, bookOf, changedStanding, held, NOW, units } from '../fixtures/domain-story';
import { isDone } from './closing-oracle';

const WEEKEND: Verdict = { kind: 'close', reason: 'weekend', instruments: [BTC] };
const PAUSED: Verdict = { kind: 'paused', rule: 'daily_loss', closes: true };
const OPEN: Verdict = { kind: 'open' };
const FAILED: Verdict = { kind: 'failed', broken: { kind: 'deadline', rule: 'inactivity', dueAt: NOW } };

/** Goal: a closing is owed as long as a book that holds has something left for it, and no longer. */
test.each`
  story                                     | verdict    | bids                   | had      | isOwed
  ${'nothing to do'}                        | ${OPEN}    | ${'0.2@60000'}         | ${'0'}   | ${false}
  ${'a verdict that nobody gave'}           | ${FAILED}  | ${''}                  | ${'0'}   | ${true}
  ${'a book that holds it'}                 | ${WEEKEND} | ${'2@60000'}           | ${'0'}   | ${true}
  ${'a part of it is left'}                 | ${WEEKEND} | ${'0.2@60000'}         | ${'0.1'} | ${true}
  ${'all was taken by the same person'}     | ${WEEKEND} | ${'0.2@60000'}         | ${'0.2'} | ${false}
  ${'the level was shown larger meanwhile'} | ${WEEKEND} | ${'0.3@60000'}         | ${'0.2'} | ${true}
  ${'another level behind it'}              | ${WEEKEND} | ${'0.2@60000 1@59000'} | ${'0.2'} | ${true}
  ${'nobody bids'}                          | ${WEEKEND} | ${''}                  | ${'0'}   | ${false}
  ${'a pause with something left'}          | ${PAUSED}  | ${'2@60000'}           | ${'0'}   | ${true}
  ${'a pause that closed what it could'}    | ${PAUSED}  | ${'0.2@60000'}         | ${'0.2'} | ${false}
`('$story: owed is $isOwed', ({ verdict, bids, had, isOwed }) => {
  const account = accountWith('40000', [held(BTC, '1', '60000')]);
  const standing = changedStanding(account.standing, { isPaused: true });
  const own = qty(units(had));
  const taken = { ...NOTHING_TAKEN, levels: new Map([[levelKey('bids', at('60000')), { all: own, own }]]) };
  const book = bookOf(bids, '1@60001', { receivedAt: NOW });
  const market = { book: () => book, entry: () => bitcoin };
  const exits = { market, taken: new Map([[BTC, taken]]), at: NOW };
  expect(isDone(verdict, { ...account, standing }, exits)).toBe(!isOwed);
});
