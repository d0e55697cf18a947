/** Work that repeats until it is stopped. */
type Loop = { readonly stop: () => Promise<void> };

/**
 * Runs `pass` again and again, each time after the milliseconds that the pass before answered. It handles its own
 * errors; stopping waits for the pass under way.
 */
export function startLoop(pass: () => Promise<number>): Loop {
  let isStopping = false;
  let wake = () => {};
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async () => {
    while (!isStopping) {
      const ms = await pass();
      if (!isStopping) await pause(ms);
    }
  };
  const ended = run();
  return {
    stop: async () => {
      isStopping = true;
      wake();
      await ended;
    },
  };
}

/** Runs `work` at the full minutes of the wall clock. */
export function startEachMinute(
  nowMs: () => number,
  work: () => Promise<void>,
  onFailure: (error: unknown) => void,
): Loop {
  const nextMinute = () => (Math.floor(nowMs() / MINUTE_MS) + 1) * MINUTE_MS;
  let due = nextMinute();
  return startLoop(async () => {
    if (nowMs() < due) return due - nowMs();
    await work().catch(onFailure);
    due = nextMinute();
    return due - nowMs();
  });
}

const MINUTE_MS = 60_000;

/** Runs `work` every `ms`, counted from its end; what fails is told and tried again the next time. */
export const startEvery = (ms: number, work: () => Promise<void> | void, onFailure: (error: unknown) => void): Loop =>
  startLoop(async () => {
    try {
      await work();
    } catch (error) {
      onFailure(error);
    }
    return ms;
  });
