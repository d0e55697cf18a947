'use client';

import { useEffect, useState } from 'react';
import type { Problem } from '../../contracts/http/problem';
import type { PasswordContext, passwordFault } from '../../contracts/passwords/strength';
import { ruleOf } from '../lib/answer';
import { passwordHint } from '../lib/password-hint';
import { Field } from './field';

type NewPasswordFieldProps = {
  readonly label: string;
  readonly name: string;
  readonly problem: Problem | undefined;
  /** Whose password it is to be, as far as the page knows. */
  readonly context: PasswordContext;
};

/** Says while it is typed what the platform will say. Its list of used passwords comes when the page is up. */
export function NewPasswordField({ label, name, problem, context }: NewPasswordFieldProps) {
  const [faultOf, setFaultOf] = useState<typeof passwordFault>();
  const [password, setPassword] = useState('');
  const [seen, setSeen] = useState<Problem>();
  useEffect(() => {
    void import('../../contracts/passwords/strength').then((strength) => setFaultOf(() => strength.passwordFault));
  }, []);
  const hint = passwordHint(password, context, faultOf);
  // What was refused is not what stands there any more.
  const refused = problem === seen ? undefined : ruleOf(problem, name);
  return (
    <Field
      label={label}
      name={name}
      type="password"
      autoComplete="new-password"
      required
      minLength={12}
      maxLength={128}
      value={password}
      onChange={(event) => {
        setPassword(event.target.value);
        setSeen(problem);
      }}
      hint={hint.tone === 'good' ? `✓ ${hint.text}` : hint.text}
      fault={refused ?? (hint.tone === 'faulty' ? hint.text : undefined)}
    />
  );
}
