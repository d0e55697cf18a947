import { formatUsd, type Usd } from '../../kernel/money';
import type { Fault } from '../../kernel/result';
import { ruleSetText } from '../evidence/evidence';
import { ruleFault } from '../rules/rule-faults';
import type { RuleSet } from '../rules/rule-set';

/** One step of a tier, traded in an account of its own. */
export type Phase = { readonly name: string; readonly rules: RuleSet };

/**
 * What a buyer goes through: 1-step, 2-step and n-step programs have as many phases, an instant one has a single phase
 * without a target; where the last of several has none it is the funded account that the others lead to. A version
 * of a tier is one program; it is pinned at purchase.
 */
export type Program = {
  readonly phases: readonly Phase[];
  /** How often a phase may be started again for nothing after a failure, in all. */
  readonly retries: number;
  /** What a further fresh start of the failed phase costs; null: none is sold. */
  readonly resetPriceUsd: Usd | null;
};

export const PHASES_MAX = 5;
const RETRIES_MAX = 10;

/** The canonical text of a program, by whose SHA-256 it is known. */
export const programText = ({ phases, retries, resetPriceUsd }: Program): string => {
  const steps = phases.map(({ name, rules }) => `{"name":${JSON.stringify(name)},"rules":${ruleSetText(rules)}}`);
  const reset = resetPriceUsd === null ? 'null' : `"${formatUsd(resetPriceUsd)}"`;
  return `{"phases":[${steps.join(',')}],"retries":${retries},"resetPriceUsd":${reset}}`;
};

/** Why nobody could go through this program; undefined when somebody can. */
export function programFault({ phases, retries }: Program): Fault | undefined {
  if (phases.length < 1 || phases.length > PHASES_MAX) {
    return { field: 'phases', rule: `must be 1 to ${PHASES_MAX} phases` };
  }
  if (retries < 0 || retries > RETRIES_MAX) return { field: 'retries', rule: `must be 0 to ${RETRIES_MAX}` };
  for (const [index, phase] of phases.entries()) {
    const fault = phaseFault(phase, index, phases);
    if (fault) return { field: `phases[${index}].${fault.field}`, rule: fault.rule };
  }
  return undefined;
}

function phaseFault({ name, rules }: Phase, index: number, phases: readonly Phase[]): Fault | undefined {
  if (name.trim() === '') return { field: 'name', rule: 'must not be empty' };
  if (phases.findIndex((other) => other.name === name) < index) {
    return { field: 'name', rule: 'must differ from the names of the other phases' };
  }
  // Nobody passes a phase without a target, so nothing could follow it: the last is the funded account, which goes on.
  if (rules.target === null && index < phases.length - 1) {
    return { field: 'rules.target', rule: 'must be set in every phase but the last' };
  }
  return ruleFault(rules);
}

/** Phases count from 1. */
export const phaseOf = (program: Program, phase: number): Phase | undefined => program.phases[phase - 1];
