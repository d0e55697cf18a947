import type { InputHTMLAttributes } from 'react';
import { Field } from './field';

type EmailFieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> & { readonly fault?: string | undefined };

/** An address of any script: what browsers take for one by themselves (`type="email"`) has ASCII letters alone. */
export const EmailField = (props: EmailFieldProps) => (
  <Field
    label="E-mail"
    name="email"
    type="text"
    inputMode="email"
    autoComplete="username"
    autoCapitalize="none"
    spellCheck={false}
    required
    {...props}
  />
);
