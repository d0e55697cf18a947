/** What is written to whom; the adapter knows the words and the links. */
export type MailMessage =
  | { readonly kind: 'verify-email'; readonly to: string; readonly displayName: string; readonly token: string }
  | { readonly kind: 'already-registered'; readonly to: string; readonly displayName: string }
  | { readonly kind: 'reset-password'; readonly to: string; readonly displayName: string; readonly token: string };

export type Mail = {
  /** `failed` has been logged; the user can ask for another mail. */
  readonly send: (message: MailMessage) => Promise<'sent' | 'failed'>;
};
