import { equityOf } from '../../domain/account/account';
import { beginCommand } from '../../domain/assessment/commands/begin-command';
import { after } from '../../domain/assessment/context/after';
import { marksAt } from '../../domain/assessment/context/marks';
import { payoutOffer } from '../../domain/assessment/settlement/payout-offer';
import { decidePayout } from '../../domain/assessment/settlement/take-payout';
import type { PayoutId } from '../../domain/kernel/ids';
import { usd } from '../../domain/kernel/money';
import { type AccountCommand, changeAccount } from '../../usecases/trading/change-account';
import { loadContext } from '../../usecases/trading/load-context';
import type { TradingParts } from '../../usecases/trading/place-order';

/** Takes a part of what an account is offered, in thousandths, by the way that every command goes. */
export const takePayouts = (parts: TradingParts) => (command: AccountCommand, thousandths: bigint) =>
  changeAccount<null, 'limit_broken'>(parts, command, { mayRemember: false }, async (snapshot) => {
    const nothing = { ok: true, answer: null } as const;
    if (snapshot.status !== 'active') return nothing;
    const context = await loadContext(parts, snapshot, []);
    const { rules, account, at, books } = after(context, beginCommand(context));
    const worth = { equityUsd: equityOf(account, marksAt(books, at)).worstUsd };
    const offer = payoutOffer(rules, account, worth, at);
    const amountUsd = usd(((offer?.amountUsd ?? 0n) * thousandths) / 1_000n);
    const taken = decidePayout(context, { payoutId: parts.ids.next<PayoutId>(), amountUsd });
    return taken.ok ? { ...nothing, change: { events: taken.value, at, met: context } } : nothing;
  });
