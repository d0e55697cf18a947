import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { idOf, type UserId } from '../../../domain/kernel/ids';
import { type Instant, plusMs } from '../../../domain/kernel/instant';
import { readRiskWindows } from '../../../usecases/surveillance/read-risk-windows';
import { openTrading } from '../../fixtures/open-trading';
import { bitcoin, NOW, rules } from '../../fixtures/stored-account';

const MINUTE_MS = 60_000;
const CPI = { instruments: null, title: 'US CPI', at: plusMs(NOW, 10 * MINUTE_MS) };
const QUIET: Partial<RuleSet> = {
  riskPerTrade: null,
  conduct: {
    ...rules.conduct,
    weekend: 'allowed',
    news: { beforeMs: MINUTE_MS, afterMs: MINUTE_MS, bars: 'new_risk', winShare: null },
  },
};

/** An account whose news is what the test says, and how often it was asked for. */
async function openNews(changes: Partial<RuleSet>) {
  const trading = await openTrading(changes);
  const asked: Instant[] = [];
  const current = async (at: Instant) => {
    asked.push(at);
    return [CPI];
  };
  const read = readRiskWindows({ ...trading.parts, blackouts: { current } });
  return { trading, asked, read: (userId = trading.userId) => read(trading.accountId, userId) };
}

/** Goal: a trader reads when the orders of one's own account will be refused. */
test('news is told by the rules of the account and by the clock of the platform', async () => {
  const { read } = await openNews(QUIET);
  expect(await read()).toEqual({
    ok: true,
    value: {
      at: NOW,
      windows: [
        {
          rule: 'news',
          title: 'US CPI',
          instruments: null,
          forbids: 'new_risk',
          from: plusMs(CPI.at, -MINUTE_MS),
          until: plusMs(CPI.at, MINUTE_MS + 1),
        },
      ],
    },
  });
});

test('rules without news ask for none', async () => {
  const { read, asked } = await openNews({ conduct: { ...rules.conduct, weekend: 'allowed', news: null } });
  expect([await read(), asked]).toMatchObject([{ ok: true, value: { windows: [] } }, []]);
});

test('once there is a verdict nothing is refused for news any more', async () => {
  const { trading, read } = await openNews(QUIET);
  trading.quote(bitcoin.id, '60000', '60000');
  await trading.order('buy', '1');
  trading.quote(bitcoin.id, '40000', '40001');
  await trading.judge();
  expect(await read()).toMatchObject({ ok: true, value: { windows: [] } });
});

test('somebody else’s account is not there', async () => {
  const { read } = await openNews(QUIET);
  expect(await read(idOf<UserId>('stranger'))).toMatchObject({ ok: false, refusal: 'account_unknown' });
});
