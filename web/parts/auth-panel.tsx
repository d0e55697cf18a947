import type { ReactNode } from 'react';

type AuthPanelProps = {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly children: ReactNode;
  readonly after?: ReactNode;
};

/** The narrow page that every form about one's account lives on. */
export const AuthPanel = ({ title, intro, children, after }: AuthPanelProps) => (
  <div className="auth-panel">
    <h1>{title}</h1>
    {intro && <p className="lead">{intro}</p>}
    {children}
    {after && <div className="auth-after">{after}</div>}
  </div>
);
