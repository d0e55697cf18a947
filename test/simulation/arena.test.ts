import { BTC, dollars } from '../fixtures/domain-story';
import { Arena } from './arena';

/** Goal: a story in the arena is judged by the engine as soon as its prices are told, and what it missed when it is back. */
test('a price that breaks the limit fails the account at once, or when the engine is back', async () => {
  for (const isEngineAway of [false, true]) {
    const arena = await Arena.open({ rules: { startingUsd: dollars('100000') } });
    const owner = arena.owner();
    await arena.show(BTC, '10@59999', '10@60001');
    await arena.wait(1_000);
    await arena.show(BTC, '10@59999', '10@60001');
    expect((await arena.order(owner, 'buy', BTC, '1')).ok).toBe(true);
    arena.isEngineAway = isEngineAway;
    await arena.wait(1_000);
    await arena.show(BTC, '10@49000', '10@49002');
    expect(arena.standing(owner).status).toBe(isEngineAway ? 'active' : 'failed');
    arena.isEngineAway = false;
    await arena.wait(1);
    expect(arena.standing(owner)).toMatchObject({ status: 'failed', positions: 0 });
  }
});
