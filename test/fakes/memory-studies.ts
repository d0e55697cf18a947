import type { StudyId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import { invariant } from '../../domain/kernel/invariant';
import type { RunResult } from '../../domain/simulation/study/run';
import type { StudyOdds } from '../../domain/simulation/study/study-odds';
import type { Trace } from '../../usecases/ports/clock-and-ids';
import type { OutboxMessage } from '../../usecases/ports/events/outbox-message';
import type { StudyFence, StudyQueue } from '../../usecases/ports/simulation/study-queue';
import type { KeptStudy, NewStudy, StudyStore } from '../../usecases/ports/simulation/study-store';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

type Kept = {
  readonly study: Mutable<KeptStudy>;
  readonly given: NewStudy;
  readonly trace: Trace;
  readonly runs: Map<string, RunResult>;
  epoch: number;
  startedAt: Instant | undefined;
  claimedUntil: Instant | undefined;
  odds: StudyOdds | undefined;
};

/** Both sides of the studies over one memory, with what was told of them. */
export class MemoryStudies {
  readonly messages: OutboxMessage[] = [];
  private readonly kept = new Map<StudyId, Kept>();
  private ready: Instant | undefined;

  readonly store: StudyStore = {
    request: async (given, limits) => {
      const { userId, digest } = given;
      const own = this.ofUser(userId);
      const asked = own.filter(({ study }) => study.requestedAt >= limits.askedSince && study.status !== 'failed');
      const isFull = own.filter(({ study }) => study.endedAt === null).length >= limits.openMax;
      const same = this.sameOf(userId, digest, limits.sameSince);
      if (this.kept.has(given.studyId) || isFull || asked.length >= limits.askedMax || same) return 'overtaken';
      const { study: _study, digest: _digest, message, ...told } = given;
      this.kept.set(given.studyId, {
        study: { ...told, status: 'requested', failure: null, done: 0, endedAt: null },
        given,
        trace: { correlationId: message.correlationId, traceparent: message.traceparent },
        runs: new Map(),
        epoch: 0,
        startedAt: undefined,
        claimedUntil: undefined,
        odds: undefined,
      });
      this.messages.push(message);
      return 'requested';
    },
    find: async (id) => shown(this.kept.get(id)),
    findSame: async (userId, digest, since) => shown(this.sameOf(userId, digest, since)),
    odds: async (id) => this.kept.get(id)?.odds,
    listOf: async (userId, assessmentId, limit) =>
      this.ofUser(userId)
        .reverse()
        .filter(
          ({ study: { subject } }) =>
            assessmentId === undefined || (subject?.kind === 'assessment' && subject.assessmentId === assessmentId),
        )
        .slice(0, limit)
        .map(({ study, odds }) => ({ ...study, passed: odds?.passed ?? null })),
    use: async (userId, since) => {
      const own = this.ofUser(userId).map(({ study }) => study);
      return {
        open: own.filter(({ endedAt }) => endedAt === null).length,
        askedAt: own
          .filter(({ requestedAt, status }) => requestedAt >= since && status !== 'failed')
          .map(({ requestedAt }) => requestedAt),
      };
    },
    cancel: async (id, at, message) => {
      const one = this.kept.get(id);
      if (!one || one.study.endedAt !== null) return false;
      this.over(one, { status: 'cancelled', endedAt: at }, message);
      return true;
    },
    readyUntil: async () => this.ready,
  };

  readonly queue: StudyQueue = {
    claim: async (now, until, limit) =>
      [...this.kept.values()]
        .filter(
          ({ study, claimedUntil }) => study.endedAt === null && (claimedUntil === undefined || claimedUntil <= now),
        )
        .sort((a, b) => a.study.requestedAt - b.study.requestedAt)
        .slice(0, limit)
        .map((one) => {
          const { study, trace } = one;
          one.epoch += 1;
          one.claimedUntil = until;
          one.startedAt ??= now;
          study.status = 'running';
          const { studyId, userId, scope, requestedAt, done, of } = study;
          const assessmentId = study.subject?.kind === 'assessment' ? study.subject.assessmentId : null;
          const fence = { studyId, epoch: one.epoch };
          const { startedAt } = one;
          return { fence, userId, assessmentId, scope, requestedAt, startedAt, progress: { done, of }, trace };
        }),
    study: async (id) => {
      const one = this.kept.get(id);
      invariant(one !== undefined, `study ${id} has its input`);
      return one.given.study;
    },
    runs: async (id) => new Map(this.kept.get(id)?.runs),
    keep: async (fence, until) => {
      const one = this.held(fence);
      if (one) one.claimedUntil = until;
      return one !== undefined;
    },
    saveRun: async (fence, name, result) => {
      const one = this.held(fence);
      if (one && !one.runs.has(name)) one.runs.set(name, result);
      return one !== undefined;
    },
    progress: async (fence, { done, of }, message) => {
      const one = this.held(fence);
      if (!one) return false;
      Object.assign(one.study, { done, of });
      this.messages.push(message);
      return true;
    },
    end: async (fence, end, at, message) => {
      const one = this.held(fence);
      if (!one) return false;
      if (end.status === 'failed') this.over(one, { status: 'failed', failure: end.failure, endedAt: at }, message);
      else {
        one.odds = end.odds;
        this.over(one, { status: 'completed', done: one.study.of, endedAt: at }, message);
      }
      return true;
    },
    release: async (fence) => {
      const one = this.held(fence);
      if (one) one.claimedUntil = undefined;
    },
    tellReady: async (until) => {
      if (this.ready === undefined || until > this.ready) this.ready = until;
    },
    waiting: async (now) => {
      const open = [...this.kept.values()].filter(({ study }) => study.endedAt === null);
      const idle = open.filter(({ claimedUntil }) => claimedUntil === undefined || claimedUntil <= now);
      const oldest = Math.min(now, ...idle.map(({ study }) => study.requestedAt));
      return { open: open.length, oldestMs: now - oldest };
    },
  };

  private ofUser(userId: string): Kept[] {
    return [...this.kept.values()]
      .filter(({ study }) => study.userId === userId)
      .sort((a, b) => a.study.requestedAt - b.study.requestedAt);
  }

  private sameOf(userId: string, digest: string, since: Instant): Kept | undefined {
    return this.ofUser(userId)
      .reverse()
      .find(
        ({ study, given }) =>
          given.digest === digest &&
          study.requestedAt >= since &&
          study.status !== 'failed' &&
          study.status !== 'cancelled',
      );
  }

  private held({ studyId, epoch }: StudyFence): Kept | undefined {
    const one = this.kept.get(studyId);
    return one?.epoch === epoch && one.study.endedAt === null ? one : undefined;
  }

  private over(one: Kept, end: Partial<KeptStudy>, message: OutboxMessage): void {
    Object.assign(one.study, end);
    one.claimedUntil = undefined;
    one.runs.clear();
    this.messages.push(message);
  }
}

const shown = (one: Kept | undefined): KeptStudy | undefined => one && { ...one.study };
