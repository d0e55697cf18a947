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
  conduct: { ...rules.conduct, weekend: 'allowed', news: { beforeMs: MINUTE_MS, afterMs: MINUTE_MS } },
};

/** A desk whose news is what the test says, and how often it was asked for. */
async function newsDesk(changes: Partial<RuleSet>) {
  const desk = await openTrading(changes);
  const asked: Instant[] = [];
  const current = async (at: Instant) => {
    asked.push(at);
    return [CPI];
  };
  const read = readRiskWindows({ ...desk.parts, blackouts: { current } });
  return { desk, asked, read: (userId = desk.userId) => read(desk.accountId, userId) };
}

/** Goal: a trader reads when the orders of one's own account will be refused. */
test('news is told by the rules of the account and by the clock of the platform', async () => {
  const { read } = await newsDesk(QUIET);
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
  const { read, asked } = await newsDesk({ conduct: { ...rules.conduct, weekend: 'allowed', news: null } });
  expect([await read(), asked]).toMatchObject([{ ok: true, value: { windows: [] } }, []]);
});

test('once there is a verdict nothing is refused for news any more', async () => {
  const { desk, read } = await newsDesk(QUIET);
  desk.quote(bitcoin.id, '60000', '60000');
  await desk.order('buy', '1');
  desk.quote(bitcoin.id, '40000', '40001');
  await desk.judge();
  expect(await read()).toMatchObject({ ok: true, value: { windows: [] } });
});

test('somebody else’s account is not there', async () => {
  const { read } = await newsDesk(QUIET);
  expect(await read(idOf<UserId>('stranger'))).toMatchObject({ ok: false, refusal: 'account_unknown' });
});
