import type { ReactNode } from 'react';
import type { Problem } from '../../contracts/http/problem';
import { fieldText } from '../lib/answer';

type Tone = 'info' | 'good' | 'warn' | 'alert';

const MARKS: Readonly<Record<Tone, string>> = { info: 'i', good: '✓', warn: '!', alert: '!' };

type NoticeProps = { readonly tone: Tone; readonly title: string; readonly children?: ReactNode };

/** A message that matters; alerts are announced at once, the others when the reader pauses. */
export const Notice = ({ tone, title, children }: NoticeProps) => (
  <div className={`notice notice-${tone}`} role={tone === 'alert' ? 'alert' : 'status'}>
    <span className="notice-mark" aria-hidden="true">
      {MARKS[tone]}
    </span>
    <div>
      <p className="notice-title">{title}</p>
      {children}
    </div>
  </div>
);

/**
 * A problem with no field to stand beside: its title, the rules broken and, where support has to look, the logs' id.
 */
export const ProblemNotice = ({ problem, children }: { readonly problem: Problem; readonly children?: ReactNode }) => (
  <Notice tone="alert" title={problem.title}>
    {problem.errors?.map(({ field, rule }) => (
      <p key={`${field}:${rule}`}>
        <strong>{fieldText(field)}</strong>: {rule}
      </p>
    ))}
    {children}
    {(problem.status >= 500 || problem.status === 0) && (
      <p className="fine">
        Reference <code>{problem.correlationId}</code>
      </p>
    )}
  </Notice>
);
