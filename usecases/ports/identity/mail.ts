/**
 * What is written to whom; the adapter knows the words and the links. Nothing that a stranger could have typed stands
 * in a mail, no name either.
 */
export type MailMessage =
  | { readonly kind: 'verify-email' | 'reset-password'; readonly to: string; readonly token: string }
  | { readonly kind: 'already-registered' | 'password-changed'; readonly to: string };

export type Mail = {
  /** `refused`: the server will never take it for this address. Throws when it may take it later. */
  readonly send: (message: MailMessage) => Promise<'sent' | 'refused'>;
};
