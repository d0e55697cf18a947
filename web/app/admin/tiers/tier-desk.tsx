'use client';

import { type ComponentProps, useEffect, useRef, useState } from 'react';
import type { Template, Tier } from '../../../lib/contract';
import { type Draft, draftName, draftOf } from '../../../lib/tiers/draft';
import { Notice, ProblemNotice } from '../../../parts/notice';
import { Waiting } from '../../../parts/waiting';
import { useReply } from '../../../session/use-reply';
import { TemplateList } from './template-list';
import { TierEditor } from './tier-editor';
import { TierTable } from './tier-table';

const NOTHING = {};

/** The lists to start from, or the draft that was started. Only an administrator gets the templates. */
export function TierDesk() {
  const tiers = useReply('GET /tiers', NOTHING);
  const templates = useReply('GET /admin/tier-templates', NOTHING).reply;
  const [draft, setDraft] = useState<Draft>();
  const [isOpen, setOpen] = useState(false);
  const [published, setPublished] = useState<Tier>();
  if (templates.state === 'loading' || tiers.reply.state === 'loading') return <Waiting text="Loading the tiers…" />;
  if (templates.state === 'problem' && templates.problem.refusal === 'forbidden') {
    return (
      <Notice tone="info" title="This page is for the firm’s administrators">
        <p>What is on sale stands under Tiers, for everybody.</p>
      </Notice>
    );
  }
  if (templates.state === 'problem') return <ProblemNotice problem={templates.problem} />;
  if (tiers.reply.state === 'problem') return <ProblemNotice problem={tiers.reply.problem} />;
  const start = (from: Tier | Template) => {
    setPublished(undefined);
    setDraft(draftOf(from));
    setOpen(true);
  };
  if (draft && isOpen) {
    return (
      <TierEditor
        draft={draft}
        tiers={tiers.reply.value.tiers}
        onChange={setDraft}
        onLeave={() => setOpen(false)}
        onPublished={(tier) => {
          setDraft(undefined);
          setPublished(tier);
          tiers.reload();
        }}
      />
    );
  }
  return (
    <>
      {draft && (
        <Told tone="info" title={`The draft of ${draftName(draft)} is kept until another is started`}>
          <button type="button" className="button button-small" onClick={() => setOpen(true)}>
            Go on with it
          </button>
        </Told>
      )}
      {published && (
        <Told tone="good" title={`${published.name} is on sale, version ${published.ruleSetVersion}`}>
          <p>Whoever buys it from now on has these rules. What was sold before keeps its own.</p>
        </Told>
      )}
      <TierTable tiers={tiers.reply.value.tiers} onChange={start} />
      <TemplateList templates={templates.value.templates} onStart={start} />
    </>
  );
}

/** Takes the keyboard's focus: what had it is gone with the editor. */
function Told(notice: ComponentProps<typeof Notice>) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} tabIndex={-1} className="told">
      <Notice {...notice} />
    </div>
  );
}
