import { equityOf } from '../../../../domain/account/account';
import { marksAt } from '../../../../domain/assessment/context/marks';
import { BTC, held } from '../../../fixtures/domain-story';
import { play, type Setting, toldLast } from '../../../fixtures/trading-story';

const LONG: Setting = { cash: '99800', positions: [held(BTC, '2', '200')] };
const SHORT: Setting = { cash: '100200', positions: [held(BTC, '-2', '-200')] };

/** Goal: nothing that may be wrong fills, triggers or closes; what is only thin may be had by whoever asks for it. */
test.each`
  story                                          | setting  | steps                                                               | told
  ${'a sale into a bid that jumped'}             | ${LONG}  | ${'doubt bid jumped 9@60 / 9@101; sell 1'}                          | ${'insufficient_liquidity'}
  ${'the other side of it'}                      | ${SHORT} | ${'doubt bid jumped 9@60 / 9@101; buy 1'}                           | ${'o1, o1 takes 1@101'}
  ${'a limit against an ask that jumped'}        | ${LONG}  | ${'buy 1 limit 99; doubt ask jumped 9@98 / 9@50'}                   | ${'-'}
  ${'and against one that its twin contradicts'} | ${LONG}  | ${'buy 1 limit 99; doubt ask twin 9@98 / 9@50'}                     | ${'-'}
  ${'and against one that is real, only small'}  | ${SHORT} | ${'buy 1 limit 99; doubt ask thin 9@98 / 1@98.5'}                   | ${'o1 makes 1@99'}
  ${'a stop, on a bid that jumped'}              | ${LONG}  | ${'sell 2 stop 90; doubt bid jumped 9@60 / 9@101'}                  | ${'-'}
  ${'a stop, on a thin bid'}                     | ${LONG}  | ${'sell 2 stop 90; doubt bid thin 9@60 / 9@101'}                    | ${'-'}
  ${'the rest of a stop that was reached'}       | ${LONG}  | ${'sell 2 stop 90; book 1@89 / 9@101; doubt bid thin 9@60 / 9@101'} | ${'-'}
  ${'and once it is believed'}                   | ${LONG}  | ${'sell 2 stop 90; book 1@89 / 9@101; book 9@60 / 9@101'}           | ${'o1 takes 1@60'}
  ${'a trail, which follows no thin bid'}        | ${LONG}  | ${'sell 2 trail 5; doubt bid thin 9@120 / 9@121'}                   | ${'-'}
  ${'the trader out of a thin market'}           | ${LONG}  | ${'doubt bid thin 1@60 1@59 / 9@101; sell 2'}                       | ${'o1, o1 takes 1@60 1@59'}
  ${'the trader closing it'}                     | ${LONG}  | ${'doubt bid thin 1@60 1@59 / 9@101; close'}                        | ${'o1, o1 takes 1@60 1@59'}
  ${'the desk, in the same'}                     | ${LONG}  | ${'doubt bid thin 1@60 1@59 / 9@101; close all desk'}               | ${'-, BTC-USD is left'}
  ${'the desk, where the bid jumped'}            | ${LONG}  | ${'doubt bid jumped 9@60 / 9@101; close all desk'}                  | ${'-, BTC-USD is left'}
`('$story: $steps', ({ setting, steps, told }) => {
  expect(toldLast(steps, setting)).toBe(told);
});

test.each(['jumped', 'thin', 'twin'])('a bid that is %s judges nothing', (why) => {
  const { context } = play(`doubt bid ${why} 9@1 / 9@101`, LONG);
  expect(equityOf(context.account, marksAt(context.books, context.at))).toBeUndefined();
});
