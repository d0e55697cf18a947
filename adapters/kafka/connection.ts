import { Kafka, type KafkaConfig, logLevel } from 'kafkajs';
import { type KafkaLog, kafkaLogCreator, silentLog } from './log';

const CONNECT_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 15_000;

/**
 * A client for `host:port,…` (plain, for laptops) or for the ARN of an MSK cluster, whose brokers are looked up and
 * reached over TLS with a token signed by the caller's IAM role.
 */
export async function makeKafka(bootstrap: string, clientId: string, log: KafkaLog = silentLog): Promise<Kafka> {
  const access = bootstrap.startsWith('arn:') ? await mskAccess(bootstrap) : { brokers: bootstrap.split(',') };
  return new Kafka({
    ...access,
    clientId,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    retry: { initialRetryTime: 100, maxRetryTime: 5_000, retries: 8 },
    logLevel: logLevel.INFO,
    logCreator: kafkaLogCreator(log),
  });
}

/** The AWS packages load only here, so that a plain client does not carry them. */
async function mskAccess(clusterArn: string): Promise<Pick<KafkaConfig, 'brokers' | 'ssl' | 'sasl'>> {
  const region = clusterArn.split(':')[3] ?? '';
  const { GetBootstrapBrokersCommand, KafkaClient } = await import('@aws-sdk/client-kafka');
  const { generateAuthToken } = await import('aws-msk-iam-sasl-signer-js');
  const found = await new KafkaClient({ region }).send(new GetBootstrapBrokersCommand({ ClusterArn: clusterArn }));
  const brokers = found.BootstrapBrokerStringSaslIam?.split(',');
  if (!brokers) throw new Error(`${clusterArn} has no brokers with IAM authentication`);
  return {
    brokers,
    ssl: true,
    sasl: {
      mechanism: 'oauthbearer',
      oauthBearerProvider: async () => {
        const { token } = await generateAuthToken({ region });
        return { value: token };
      },
    },
  };
}
