import type { Role } from './drawing';

type Palette = Readonly<Record<Role, string>>;

/** On white, every color of text has a contrast of at least 4.5 to 1. */
export const LIGHT: Palette = {
  ink: '#14202e',
  muted: '#55636f',
  grid: '#dfe5ea',
  equity: '#1d5fc4',
  wash: '#eaf1fb',
  floor: '#b3261e',
  daily: '#8a5300',
  target: '#14713d',
  loss: '#b3261e',
  lossWash: '#f9e4e2',
};

export const DARK: Palette = {
  ink: '#e8edf2',
  muted: '#a3b1bd',
  grid: '#2b3742',
  equity: '#7db0ff',
  wash: '#182a43',
  floor: '#ff8a80',
  daily: '#e8b15c',
  target: '#6fd39a',
  loss: '#ff8a80',
  lossWash: '#43221f',
};
