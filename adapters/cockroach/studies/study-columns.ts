import * as z from 'zod';
import { odds } from '../../../contracts/study';
import type { RunResult } from '../../../domain/simulation/study/run';
import type { Study } from '../../../domain/simulation/study/study';
import { STUDY } from '../../../domain/simulation/study/study-codec';
import type { StudyOdds } from '../../../domain/simulation/study/study-odds';

export const studyText = (study: Study): string => JSON.stringify(STUDY.encode(study));
export const studyOfText = (text: string): Study => STUDY.decode(JSON.parse(text));

export const oddsText = (told: StudyOdds): string => JSON.stringify(z.encode(odds, told as z.output<typeof odds>));
export const oddsOfText = (text: string): StudyOdds => odds.parse(JSON.parse(text));

/** Kept until its study ends and no longer: bigints are marked where they stand, as no text of a result is. */
export const runResultText = (result: RunResult): string =>
  JSON.stringify(result, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));

export const runResultOf = (text: string): RunResult =>
  JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' && /^-?\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value,
  ) as RunResult;
