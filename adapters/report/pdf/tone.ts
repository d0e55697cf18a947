import type { Tone } from '../block';
import { LIGHT } from '../palette';

export const colorOf = (tone: Tone | undefined): string =>
  tone === 'good' ? LIGHT.target : tone === 'bad' ? LIGHT.loss : LIGHT.ink;
