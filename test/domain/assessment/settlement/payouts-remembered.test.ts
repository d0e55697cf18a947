import fc from 'fast-check';
import { type Account, balanceOf } from '../../../../domain/account/account';
import { evolve } from '../../../../domain/account/evolve';
import { takePayout } from '../../../../domain/assessment/settlement/take-payout';
import { plusMs } from '../../../../domain/kernel/instant';
import { addUsd, type Usd, usd } from '../../../../domain/kernel/money';
import { dollars } from '../../../fixtures/domain-story';
import { inDayOf } from '../../decided';
import { funded, maxLossOf, PAYOUT, payingOut } from '../rule-sets';

const DAY_MS = 86_400_000;
const DOLLAR = 1_000_000n;
const ASKED = dollars('150');
const WON = { winningDays: { min: 1, dayUsd: ASKED } };
const TERMS = payingOut(maxLossOf('trailing_eod', '50000', { payoutEffect: 'lowers_mark' }), WON);
/** Whatever was won or not: what is remembered is asked here, and not whether it is enough. */
const EAGER = payingOut(TERMS);

const won = (account: Account, amountUsd: Usd): Account => ({
  ...account,
  cashUsd: addUsd(account.cashUsd, amountUsd),
});

const result = fc.integer({ min: -400, max: 400 }).map((each) => usd(BigInt(each) * DOLLAR));
const days = fc.array(fc.record({ before: result, isPaid: fc.boolean(), after: result }), { maxLength: 25 });

test('days won and the best day are those since the last payout, its own day from then on', () => {
  fc.assert(
    fc.property(days, (all) => {
      let [account, at] = [funded(TERMS), funded(TERMS).standing.startedAt];
      let told = { taken: 0, daysWon: 0, bestUsd: 0n };
      for (const { before, isPaid, after } of all) {
        account = won(account, before);
        const amountUsd = usd((balanceOf(account) - TERMS.startingUsd) / 2n);
        let counted: bigint = before + after;
        if (isPaid && amountUsd >= 2n) {
          const paid = takePayout(EAGER, account, { equityUsd: balanceOf(account) }, { ...PAYOUT, amountUsd, at });
          if (!paid.ok) throw new Error(paid.refusal);
          account = evolve(TERMS, account, paid.value);
          told = { taken: told.taken + 1, daysWon: 0, bestUsd: 0n };
          counted = after;
        }
        account = won(account, after);
        at = plusMs(at, DAY_MS);
        account = inDayOf(account, TERMS, at, balanceOf(account));
        const bestUsd = counted > told.bestUsd ? counted : told.bestUsd;
        told = { ...told, daysWon: told.daysWon + (counted >= ASKED ? 1 : 0), bestUsd };
        const { last: _, growth: __, ...remembered } = account.standing.payouts;
        expect(remembered).toEqual(told);
      }
    }),
  );
});
