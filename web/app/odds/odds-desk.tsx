'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { useCallback, useState } from 'react';
import type { Study, Summary, Tier } from '../../lib/contract';
import { EMPTY_DRAFT, type OddsDraft, type Subject } from '../../lib/odds/ask';
import { freshFloor } from '../../lib/odds/floor';
import { Notice, ProblemNotice } from '../../parts/notice';
import { Waiting } from '../../parts/waiting';
import { useReply } from '../../session/use-reply';
import type { Again } from '../../studies/odds-view';
import { StudyView } from '../../studies/study-view';
import { AskForm } from './ask-form';
import { EarlierStudies } from './earlier-studies';
import { useAccountFloor } from './use-account-floor';
import { useAsk } from './use-ask';

const NOTHING = {};

/** What can be asked about, then the question beside its answer. */
export function OddsDesk() {
  const assessments = useReply('GET /assessments', NOTHING).reply;
  const tiers = useReply('GET /tiers', NOTHING).reply;
  if (assessments.state === 'loading' || tiers.state === 'loading') return <Waiting text="Loading your assessments…" />;
  if (assessments.state === 'problem') return <ProblemNotice problem={assessments.problem} />;
  if (tiers.state === 'problem') return <ProblemNotice problem={tiers.problem} />;
  // An assessment that has ended has no odds any more.
  const active = assessments.value.assessments.filter(({ status }) => status === 'active');
  return <Asking assessments={active} tiers={tiers.value.tiers} />;
}

type AskingProps = { readonly assessments: readonly Summary[]; readonly tiers: readonly Tier[] };

function Asking({ assessments, tiers }: AskingProps) {
  const query = useSearchParams();
  const router = useRouter();
  const studyId = query.get('study') ?? undefined;
  const [draft, setDraft] = useState<OddsDraft>(() => ({
    ...EMPTY_DRAFT,
    subject: firstSubject(query.get('assessment'), assessments, tiers),
  }));
  const [status, setStatus] = useState<Study['status']>();
  const [asked, setAsked] = useState<ReadonlyMap<string, OddsDraft>>(new Map());
  const show = useCallback(
    (id: string) => {
      const about = draft.subject?.kind === 'assessment' ? `assessment=${draft.subject.id}&` : '';
      router.replace(`/odds/?${about}study=${id}`, { scroll: false });
    },
    [router, draft.subject],
  );
  const ask = useAsk((id, from) => {
    setAsked((before) => new Map(before).set(id, from));
    show(id);
  });
  const assessmentId = draft.subject?.kind === 'assessment' ? draft.subject.id : undefined;
  const accountFloor = useAccountFloor(assessmentId);
  const floorUsdOf = ({ subject }: Study) => {
    if (subject?.kind === 'assessment') return subject.assessmentId === assessmentId ? accountFloor : undefined;
    const rules = tiers.find((tier) => tier.tierId === subject?.tierId)?.phases[0]?.rules;
    return rules && freshFloor(rules);
  };
  /** The whole question is known: it was written here, or its trades are one's own. Of others its seed can be taken. */
  const againOf = (study: Study): Again | undefined => {
    const { odds } = study;
    if (!odds) return undefined;
    const whole = asked.get(study.studyId) ?? wholeQuestion(study, draft);
    const rest = { days: String(odds.days), paths: String(odds.paths), seed: odds.seed };
    const take = (next: OddsDraft) => {
      ask.clear();
      setDraft(next);
      return next;
    };
    return whole
      ? { text: 'Play again with this seed', act: () => ask.send(take({ ...whole, ...rest })) }
      : { text: 'Take this seed to the form', act: () => take({ ...draft, ...rest }) };
  };
  return (
    <div className="odds-desk">
      <AskForm draft={draft} assessments={assessments} tiers={tiers} ask={ask} onChange={setDraft} />
      {studyId === undefined ? (
        <div className="odds-nothing">
          <Notice tone="info" title="The odds appear here">
            <p>Choose what is to be judged and where trades come from, then ask. It takes seconds to a minute.</p>
          </Notice>
        </div>
      ) : (
        <StudyView
          key={studyId}
          studyId={studyId}
          isNew={asked.has(studyId)}
          floorUsdOf={floorUsdOf}
          againOf={againOf}
          onStatus={setStatus}
        />
      )}
      <EarlierStudies
        assessmentId={assessmentId}
        shown={studyId}
        changes={`${studyId ?? ''} ${status ?? ''}`}
        onShow={show}
      />
    </div>
  );
}

function firstSubject(
  named: string | null,
  assessments: readonly Summary[],
  tiers: readonly Tier[],
): Subject | undefined {
  const chosen = assessments.find(({ assessmentId }) => assessmentId === named) ?? assessments[0];
  if (chosen) return { kind: 'assessment', id: chosen.assessmentId };
  const [tier] = tiers;
  return tier && { kind: 'tier', id: tier.tierId };
}

/** The question of a study that was not written here; undefined where a file or typed odds belong to it. */
function wholeQuestion({ subject, trades, scope }: Study, draft: OddsDraft): OddsDraft | undefined {
  if (!subject || trades !== 'own' || scope !== 'everything') return undefined;
  const about: Subject =
    subject.kind === 'assessment'
      ? { kind: 'assessment', id: subject.assessmentId }
      : { kind: 'tier', id: subject.tierId };
  return { ...draft, source: 'own', subject: about };
}
