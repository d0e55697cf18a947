import { type Refused, refuse } from '../../kernel/result';
import { type SimulationRefusal, simulationOf } from '../simulation';
import type { Strategy } from '../strategy';
import { ofSize, type Study, type WhatFirm } from './study';

/** What the kernel plays at most in one run. */
const STEPS_MAX = 500_000_000;

/** Why a study cannot be played; undefined where it can. Where a run is refused that its plan may leave out, it can. */
export function studyRefusal(study: Study): Refused<SimulationRefusal> | undefined {
  const { asks } = study;
  switch (asks.scope) {
    case 'everything':
      return strategyRefusal(study, asks.strategy);
    case 'size':
      return strategyRefusal(study, asks.strategy) ?? strategyRefusal(study, ofSize(asks.strategy, asks.size));
    case 'firm':
      return firmRefusal(study, asks);
  }
}

function strategyRefusal(study: Study, strategy: Strategy): Refused<SimulationRefusal> | undefined {
  const { rules, at, days, account, paths } = study;
  const simulation = simulationOf({ rules, strategy, at, days, account, worstDay: null });
  if (!simulation.ok) return simulation;
  const pathsMax = Math.floor(STEPS_MAX / (days * strategy.tradesPerDay));
  if (paths <= pathsMax) return undefined;
  return refuse('strategy_invalid', 'paths', `must be at most ${pathsMax} with so many days and trades a day`);
}

function firmRefusal(study: Study, { mix, priceUsd, payoutUsd }: WhatFirm): Refused<SimulationRefusal> | undefined {
  if (mix.length === 0) return refuse('strategy_invalid', 'traders.strategies', 'must be at least one strategy');
  if (priceUsd < 0n) return refuse('strategy_invalid', 'priceUsd', 'must be at least 0');
  if (payoutUsd < 0n) return refuse('strategy_invalid', 'payoutUsd', 'must be at least 0');
  for (const [nth, { weight, strategy }] of mix.entries()) {
    const field = `traders.strategies[${nth}]`;
    if (weight <= 0n) return refuse('strategy_invalid', `${field}.weight`, 'must be above 0');
    const refusal = strategyRefusal(study, strategy);
    if (refusal) return inMix(refusal, field);
  }
  return undefined;
}

/** Names the strategy of the mix that is refused; what is said of rules and paths is said of all of them. */
function inMix(refusal: Refused<SimulationRefusal>, field: string): Refused<SimulationRefusal> {
  const { fault } = refusal;
  if (!fault?.field.startsWith('strategy.')) return refusal;
  return refuse(refusal.refusal, `${field}.${fault.field}`, fault.rule);
}
