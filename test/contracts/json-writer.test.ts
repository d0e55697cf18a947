import * as z from 'zod';
import { jsonWriter } from '../../contracts/json-writer';
import { eventData } from '../../contracts/topics/events';
import { examples } from './examples';

/** Goal: the quick writer says what zod's own says, for every event there is. */
test.each(Object.entries(examples))('%s is written as zod encodes it', (type, data) => {
  const schema = eventData[type as keyof typeof eventData] as z.ZodType;
  expect(JSON.parse(jsonWriter(schema)(data))).toEqual(z.encode(schema, data));
});
