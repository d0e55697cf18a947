'use client';

import { type FormEvent, useState } from 'react';
import { ruleOf } from '../../../lib/answer';
import type { ConnectionPage } from '../../../lib/contract';
import { dateTime } from '../../../lib/display';
import { Field } from '../../../parts/field';
import { Notice, ProblemNotice } from '../../../parts/notice';
import { ScrollTable } from '../../../parts/scroll-table';
import { Waiting } from '../../../parts/waiting';
import { useReply } from '../../../session/use-reply';
import { ConnectionTable } from './connection-table';

type Query = { readonly search?: string; readonly after?: string };

/** The gateways, and those who are connected to them: searched, page by page, as of the last look. */
export function ConnectionDesk() {
  const [query, setQuery] = useState<Query>({});
  /** Where the pages before this one began. */
  const [before, setBefore] = useState<readonly Query[]>([]);
  const { reply, reload } = useReply('GET /admin/connections', { query });
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('search') ?? '').trim();
    setBefore([]);
    setQuery(text === '' ? {} : { search: text });
    reload();
  };
  const problem = reply.state === 'problem' ? reply.problem : undefined;
  if (problem?.refusal === 'forbidden') return <Notice tone="info" title="This page is for the firm’s admins" />;
  const fault = ruleOf(problem, 'search');
  return (
    <>
      {reply.state === 'ok' && <PodTable pods={reply.value.pods} />}
      <section className="panel command-panel" aria-label="Connected">
        <div className="panel-head">
          <h2>Connected</h2>
          <button type="button" className="button button-small" onClick={reload}>
            Refresh
          </button>
        </div>
        <form className="search-line" onSubmit={search} noValidate aria-label="Find connections">
          <Field
            label="Search"
            name="search"
            type="search"
            hint="An e-mail address, a network, a pod, or how an id begins"
            fault={fault}
          />
          <button type="submit" className="button">
            Search
          </button>
        </form>
        {problem && fault === undefined && <ProblemNotice problem={problem} />}
        {reply.state === 'loading' && <Waiting text="Loading the connections…" />}
        {reply.state === 'ok' && (
          <>
            <ConnectionTable rows={reply.value.connections} onEnded={reload} />
            <Pages
              page={reply.value}
              isFirst={before.length === 0}
              onNext={(after) => {
                setBefore([...before, query]);
                setQuery({ ...query, after });
              }}
              onBack={() => {
                setBefore(before.slice(0, -1));
                setQuery(before.at(-1) ?? {});
              }}
            />
          </>
        )}
      </section>
    </>
  );
}

const PodTable = ({ pods }: Pick<ConnectionPage, 'pods'>) => (
  <section className="panel command-panel" aria-label="Gateways">
    <h2>Gateways</h2>
    {pods.length === 0 && <p className="muted empty-line">No gateway has told of itself in the last ten seconds.</p>}
    {pods.length > 0 && (
      <ScrollTable
        label="Table of gateways"
        columns={[
          { name: 'Pod', kind: 'words' },
          { name: 'Since', kind: 'words' },
          { name: 'Connections', kind: 'words' },
        ]}
      >
        {pods.map(({ pod, since, connections }) => (
          <tr key={pod}>
            <th scope="row" className="words">
              {pod}
            </th>
            <td className="words" data-label="Since">
              {dateTime(since)}
            </td>
            <td className="words" data-label="Connections">
              {connections}
            </td>
          </tr>
        ))}
      </ScrollTable>
    )}
  </section>
);

type PagesProps = {
  readonly page: ConnectionPage;
  readonly isFirst: boolean;
  readonly onNext: (after: string) => void;
  readonly onBack: () => void;
};

function Pages({ page: { next }, isFirst, onNext, onBack }: PagesProps) {
  if (isFirst && next === null) return null;
  return (
    <p className="row-actions">
      <button type="button" className="button button-small" disabled={isFirst} onClick={onBack}>
        Page before
      </button>
      <button
        type="button"
        className="button button-small"
        disabled={next === null}
        onClick={() => next && onNext(next)}
      >
        Next page
      </button>
    </p>
  );
}
