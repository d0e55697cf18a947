import * as z from 'zod';
import { program } from '../../../contracts/program';
import type { Program } from '../../../domain/assessment/progression/program';

export const programColumn = (given: Program): string =>
  JSON.stringify(z.encode(program, { ...given, phases: [...given.phases] }));

/** Programs are few and never change, so each text is read once. */
const programs = new Map<string, Program>();
const PROGRAMS_MAX = 1_000;

export function programOf(text: string): Program {
  const known = programs.get(text);
  if (known) return known;
  const read = program.parse(JSON.parse(text));
  if (programs.size >= PROGRAMS_MAX) programs.clear();
  programs.set(text, read);
  return read;
}
