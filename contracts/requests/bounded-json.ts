/** The deepest and the widest request of ours, a tier of five phases, is well within both. */
const DEPTH_MAX = 16;
const VALUES_MAX = 4_000;

export type BoundedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly isJson: boolean; readonly rule: string };

/** Parses JSON whose size somebody has bounded already, and bounds how deep it goes and how much is in it. */
export function boundedJson(text: string): BoundedJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, isJson: false, rule: 'must be JSON' };
  }
  let level: unknown[] = [value];
  let values = 1;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEPTH_MAX) return tooMuch(`must be nested at most ${DEPTH_MAX} deep`);
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
    values += level.length;
    if (values > VALUES_MAX) return tooMuch(`must hold at most ${VALUES_MAX} values`);
  }
  return { ok: true, value };
}

const tooMuch = (rule: string): BoundedJson => ({ ok: false, isJson: true, rule });
