import * as z from 'zod';
import { encoderOf } from '../../contracts/encoder';
import { eventData } from '../../contracts/topics/events';
import { examples } from './examples';

/** Goal: the quick encoder says what zod's own says, for every event there is. */
test.each(Object.entries(examples))('%s is encoded as zod encodes it', (type, data) => {
  const schema = eventData[type as keyof typeof eventData] as z.ZodType;
  expect(encoderOf(schema)(data)).toEqual(z.encode(schema, data));
});
