import type { ReactNode } from 'react';

type SubmitButtonProps = { readonly isBusy: boolean; readonly children: ReactNode };

/** Stays focusable while it works, so that the keyboard does not lose its place. */
export const SubmitButton = ({ isBusy, children }: SubmitButtonProps) => (
  <button type="submit" className="button button-main button-wide" aria-disabled={isBusy}>
    {isBusy ? 'One moment…' : children}
  </button>
);
