import type { Summary, Tier } from './contract';
import { countText, roundDollarsText } from './display';

type Program = Pick<Tier, 'phases' | 'retries' | 'resetPriceUsd'>;
export type Chances = Pick<Summary, 'retriesLeft' | 'resetPriceUsd'>;

/** "1 step", "2 steps", or "Instant" where there is nothing to pass. */
export function programName({ phases }: Pick<Program, 'phases'>): string {
  const isInstant = phases.length === 1 && phases[0]?.rules.target === null;
  return isInstant ? 'Instant' : countText(phases.length, 'step');
}

/** "2 steps of $50,000: Challenge → Verification". */
export function shapeText({ phases }: Pick<Program, 'phases'>): string {
  const size = roundDollarsText(phases[0]?.rules.startingUsd ?? '0');
  return `${programName({ phases })} of ${size}: ${phases.map(({ name }) => name).join(' → ')}`;
}

/** What a failure costs. */
export function secondChance({ retries, resetPriceUsd }: Program): string {
  const free = retries === 0 ? 'no free retry' : countText(retries, 'free retry').replace(/retrys$/, 'retries');
  const reset = resetPriceUsd === null ? '' : `, a reset for ${roundDollarsText(resetPriceUsd)}`;
  return `After a failure: ${free}${reset}`;
}

/** "Retry (2 left)", "Reset for $149", or undefined where a failed phase cannot begin anew. */
export function startAgainText({ retriesLeft, resetPriceUsd }: Chances): string | undefined {
  if (retriesLeft > 0) return `Retry (${retriesLeft} left)`;
  return resetPriceUsd === null ? undefined : `Reset for ${roundDollarsText(resetPriceUsd)}`;
}

/** "Phase 2 of 3, attempt 2"; nothing where there is only one of both. */
export function placeText({ phase, phases, attempt }: Pick<Summary, 'phase' | 'phases' | 'attempt'>): string {
  const parts = [phases > 1 && `Phase ${phase} of ${phases}`, attempt > 1 && `attempt ${attempt}`];
  const text = parts.filter((part) => part !== false).join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
