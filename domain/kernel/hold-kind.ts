/** Why an account takes no new risk: its payment is disputed, was refunded, or was lost to a dispute. */
export type HoldKind = 'dispute' | 'refund' | 'chargeback';
