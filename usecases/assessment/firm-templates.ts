import { APEX } from './firms/apex';
import { BREAKOUT } from './firms/breakout';
import type { FirmTemplate } from './firms/firm-template';
import { FTMO_ONE_STEP, FTMO_TWO_STEP } from './firms/ftmo';
import { FUNDED_NEXT } from './firms/funded-next';
import { HYRO_TRADER } from './firms/hyro-trader';
import { MY_FUNDED_FUTURES } from './firms/my-funded-futures';
import { POLY_FUNDR } from './firms/poly-fundr';
import { THE_5ERS } from './firms/the-5ers';
import { TOPSTEP } from './firms/topstep';

export const firmTemplates: readonly FirmTemplate[] = [
  FTMO_TWO_STEP,
  FTMO_ONE_STEP,
  TOPSTEP,
  APEX,
  MY_FUNDED_FUTURES,
  BREAKOUT,
  HYRO_TRADER,
  THE_5ERS,
  FUNDED_NEXT,
  POLY_FUNDR,
];
