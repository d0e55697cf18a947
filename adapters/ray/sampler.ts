import { kernelTerms, termsText } from '../../domain/simulation/kernel-terms';
import type { Run } from '../../domain/simulation/study/run';
import type { Played, Sampler } from '../../usecases/ports/simulation/sampler';
import { answerOf, lineOf, refusalOf } from './answers';
import { isJson, linesOf, UnreadableAnswer } from './lines';

export type SamplerOptions = {
  /** The Serve application’s, without a path. */
  readonly url: string;
  /** It tells its progress several times a second; who says nothing for so long has died. */
  readonly silenceMs: number;
};

/** A result has a few hundred numbers for each day of its paths. */
const LINE_BYTES_MAX = 4_000_000;
const REFUSAL_BYTES_MAX = 100_000;
const READY_TIMEOUT_MS = 2_000;
const BUSY_MS_MIN = 500;
const BUSY_MS_MAX = 30_000;

/** Ray Serve's application over HTTP, as `eks-workloads/monte-carlo/ray` answers. */
export const makeSampler = (options: SamplerOptions): Sampler => ({
  play: async (run, onProgress, signal) => {
    const ended = new AbortController();
    const end = () => ended.abort();
    signal.addEventListener('abort', end, { once: true });
    try {
      return await ask(options, run, onProgress, ended.signal);
    } catch (error) {
      // Whose work was given up wants no answer; the caller knows why it was.
      if (error instanceof UnreadableAnswer) return { kind: 'refused', field: 'answer', rule: error.message };
      return { kind: 'away', reason: error instanceof Error ? error.message : 'the connection was lost' };
    } finally {
      signal.removeEventListener('abort', end);
      // Whatever is still on its way is of no use to anybody.
      end();
    }
  },
  isReady: async () => {
    try {
      const answer = await fetch(`${options.url}/ready`, { signal: AbortSignal.timeout(READY_TIMEOUT_MS) });
      await answer.body?.cancel();
      return answer.ok;
    } catch {
      return false;
    }
  },
});

async function ask(
  { url, silenceMs }: SamplerOptions,
  run: Run,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<Played> {
  const { path, body } = requestOf(run);
  const headers = { 'content-type': 'application/json', accept: 'application/x-ndjson, application/json' };
  const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body, signal, redirect: 'error' });
  if (answer.status !== 200 || !answer.body) return declined(answer, silenceMs);
  for await (const { text, isWhole } of linesOf(answer.body, { lineBytesMax: LINE_BYTES_MAX, silenceMs })) {
    if (!isWhole && !isJson(text)) break;
    const told = lineOf(text);
    if (told.type === 'progress') onProgress(Math.min(told.done, pathsOf(run)));
    else if (told.type === 'error') return { kind: 'away', reason: told.reason };
    else return { kind: 'played', result: answerOf(told.value, run) };
  }
  return { kind: 'away', reason: 'the answer ended before its result' };
}

const pathsOf = (run: Run): number => (run.kind === 'paths' ? run.paths : 0);

function requestOf(run: Run): { readonly path: string; readonly body: string } {
  if (run.kind === 'validation') {
    const { resultCents, seed, trials } = run;
    const body = `{"resultCents":[${resultCents.join(',')}],"seed":"${seed}","trials":${trials}}`;
    return { path: '/validate', body };
  }
  const terms = termsText(kernelTerms(run.simulated));
  return { path: '/simulate', body: `{"terms":${terms},"seed":"${run.seed}","paths":${run.paths}}` };
}

/** What is in its way may answer in its place, with anything: only its own refusals are final. */
async function declined(answer: Response, silenceMs: number): Promise<Played> {
  if (answer.status === 429) {
    await answer.body?.cancel();
    const seconds = Number(answer.headers.get('retry-after') ?? '');
    const ms = Number.isFinite(seconds) ? seconds * 1_000 : 0;
    return { kind: 'busy', retryAfterMs: Math.min(BUSY_MS_MAX, Math.max(BUSY_MS_MIN, ms)) };
  }
  if (answer.status === 422 && answer.body) {
    const lines = linesOf(answer.body, { lineBytesMax: REFUSAL_BYTES_MAX, silenceMs });
    const refusal = refusalOf((await lines.next()).value?.text ?? '');
    await lines.return(undefined);
    if (refusal) return { kind: 'refused', ...refusal };
  }
  await answer.body?.cancel().catch(() => undefined);
  return { kind: 'away', reason: `answered with ${answer.status}` };
}
