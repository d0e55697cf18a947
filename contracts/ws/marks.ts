/** Redis channel on which the risk-engine publishes `accountMark` of an account that somebody watches. */
export const markChannel = (accountId: string) => `mark:${accountId}`;
