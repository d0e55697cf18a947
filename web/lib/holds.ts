import type { Snapshot } from './contract';

export type Hold = NonNullable<Snapshot['hold']>;

const STANDS = 'What is held can be closed, exits work, and the rules of loss go on';

/** Why an account takes no new risk, and what that means for whoever trades on it. */
export const HOLDS: Readonly<Record<Hold, { readonly title: string; readonly text: string }>> = {
  dispute: {
    title: 'The payment is disputed',
    text: `Until that is decided nothing new begins. ${STANDS}; deadlines wait meanwhile, and a target that is reached counts once the dispute is won.`,
  },
  refund: {
    title: 'The payment was refunded',
    text: `The account takes no new risk, and no next phase begins. ${STANDS}.`,
  },
  chargeback: {
    title: 'The payment was taken back by the bank',
    text: `The account takes no new risk, and no next phase begins. ${STANDS}.`,
  },
};
