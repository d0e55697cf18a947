/** A prediction market's way to its end; spot markets know the first two. */
export type TruthStatus = 'open' | 'halted' | 'closed' | 'pending' | 'disputed' | 'resolved';

/** How a question was answered: half each where nobody wins, nothing at all where it was void. */
export type Answer = 'yes' | 'no' | '50-50' | 'void';

export type Step = 'reopen' | 'halt' | 'close' | 'pend' | 'dispute' | 'resolve' | 'correct';

const STEPS: Readonly<Record<Step, { readonly from: readonly TruthStatus[]; readonly to: TruthStatus }>> = {
  reopen: { from: ['open', 'halted'], to: 'open' },
  halt: { from: ['open', 'halted'], to: 'halted' },
  close: { from: ['open', 'halted'], to: 'closed' },
  /** Again after a dispute: the first one resets the question. */
  pend: { from: ['open', 'halted', 'closed', 'disputed'], to: 'pending' },
  dispute: { from: ['pending'], to: 'disputed' },
  resolve: { from: ['open', 'halted', 'closed', 'pending', 'disputed'], to: 'resolved' },
  correct: { from: ['resolved'], to: 'resolved' },
};

/** Where one market is in its life, what its oracle has said so far, and the answer. */
export class MarketLife {
  status: TruthStatus = 'open';
  answer: Answer | undefined;
  /** In the words of Gamma's `umaResolutionStatuses`. */
  readonly oracle: string[] = [];

  /** Throws a sentence on a step that this market cannot take now. */
  take(step: Step, answer?: Answer): void {
    const { from, to } = STEPS[step];
    if (!from.includes(this.status)) throw new Error(`instrument: it is ${this.status}, so it cannot ${step}`);
    this.status = to;
    if (step === 'pend') this.oracle.push('proposed');
    if (step === 'dispute') this.oracle.push('disputed');
    if (answer === undefined) return;
    this.answer = answer;
    // A market that is put away without an answer never reaches its oracle.
    if (answer !== 'void' && this.oracle.at(-1) !== 'resolved') this.oracle.push('resolved');
    if (answer === 'void') this.oracle.length = 0;
  }
}

export const isTrading = (status: TruthStatus): boolean => status === 'open' || status === 'halted';
