import * as z from 'zod';
import { envelope } from '../../contracts/topics/envelope';
import { eventData } from '../../contracts/topics/events';
import { deadLetterTopic, TOPIC_SHAPES, TOPICS, type Topic } from '../../contracts/topics/topics';
import { CLOSE, clientMessage, serverMessage } from '../../contracts/ws/messages';

type Json = Readonly<Record<string, unknown>>;
type Message = { readonly name: string; readonly summary: string; readonly payload: Json };

/**
 * The protocols of the platform as AsyncAPI 3.0 (its specification 3.0.0, of the AsyncAPI Initiative): the gateway's
 * WebSocket and the topics, each message with the JSON Schema of what is on the wire. Made of the contracts that both
 * ends are compiled against, so it says what they do.
 */
export function asyncApi(): Json {
  const [toServer, toClient] = [clientMessages(), serverMessages()];
  const topics = TOPICS.map((topic) => ({ topic, messages: eventMessages(topic) }));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Proving Ground',
      version: '1.0.0',
      description:
        'Live prices and account events for browsers, and the events that travel between the parts. See websocket.md.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      gateway: { host: '{site}', protocol: 'wss', variables: { site: { description: 'The site’s own host name.' } } },
      brokers: {
        host: '{brokers}',
        protocol: 'kafka-secure',
        variables: { brokers: { description: 'The MSK brokers.' } },
      },
    },
    channels: {
      socket: {
        address: '/ws?ticket={ticket}',
        description: `One connection of one person, opened by a ticket of POST /realtime/tickets. ${closeText()}`,
        servers: [{ $ref: '#/servers/gateway' }],
        parameters: { ticket: { description: 'Good for one connection, within 30 seconds.' } },
        messages: refsOf([...toServer, ...toClient]),
      },
      ...Object.fromEntries(topics.map(({ topic, messages }) => [topic, topicChannel(topic, messages)])),
    },
    operations: {
      say: operation('receive', 'What a browser may send.', 'socket', toServer),
      tell: operation('send', 'What the gateway sends, each frame numbered one by one.', 'socket', toClient),
      ...Object.fromEntries(
        topics.map(({ topic, messages }) => [
          `publish-${topic}`,
          operation('send', 'At least once, in the order of each key.', topic, messages),
        ]),
      ),
    },
    components: {
      messages: Object.fromEntries(
        [...toServer, ...toClient, ...topics.flatMap(({ messages }) => messages)].map((each) => [
          each.name,
          { ...each },
        ]),
      ),
    },
  };
}

const closeText = (): string =>
  `The server closes with ${CLOSE.ticketInvalid} (no session), ${CLOSE.forbidden} (another site’s page), ${CLOSE.slowReader} (reads too slowly), ${CLOSE.tooMany} (too many messages or connections), 1001 (it restarts) or 1013 (try again).`;

const topicChannel = (topic: Topic, messages: readonly Message[]): Json => ({
  address: topic,
  description: `What cannot be handled goes to ${deadLetterTopic(topic)}.`,
  servers: [{ $ref: '#/servers/brokers' }],
  messages: refsOf(messages),
  bindings: {
    kafka: {
      topic,
      partitions: TOPIC_SHAPES[topic].partitions,
      topicConfiguration: { 'retention.ms': TOPIC_SHAPES[topic].retentionMs },
      bindingVersion: '0.5.0',
    },
  },
});

const refsOf = (messages: readonly Message[]): Json =>
  Object.fromEntries(messages.map(({ name }) => [name, { $ref: `#/components/messages/${name}` }]));

const operation = (
  action: 'send' | 'receive',
  summary: string,
  channel: string,
  messages: readonly Message[],
): Json => ({
  action,
  summary,
  channel: { $ref: `#/channels/${channel}` },
  messages: messages.map(({ name }) => ({ $ref: `#/channels/${channel}/messages/${name}` })),
});

/** What is on the wire: decimals are text there. */
const schemaOf = (schema: z.ZodType): Json => {
  const { $schema, ...json } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
  return json;
};

const clientMessages = (): readonly Message[] =>
  clientMessage.options.map((schema) => {
    const { op } = schema.shape;
    return { name: `say-${op.value}`, summary: `A browser’s ${op.value}.`, payload: schemaOf(schema) };
  });

const serverMessages = (): readonly Message[] =>
  serverMessage.options.map((schema) => {
    const { type } = schema.shape;
    return { name: `tell-${type.value}`, summary: `The gateway’s ${type.value}.`, payload: schemaOf(schema) };
  });

const eventMessages = (topic: Topic): readonly Message[] =>
  Object.entries(eventData)
    .filter(([type]) => type.startsWith(`${topic}.`))
    .map(([type, data]) => ({ name: type, summary: `The event ${type}.`, payload: envelopeOf(type, data) }));

/** An event's record: what every event carries, around its own data. */
const envelopeOf = (type: string, data: z.ZodType): Json => {
  const { properties, ...rest } = schemaOf(envelope) as { readonly properties: Json };
  return { ...rest, properties: { ...properties, type: { const: type }, data: schemaOf(data) } };
};
