import { makeKafka } from '../../adapters/kafka/connection';
import { ensureTopics, type TopicChanges, type TopicPlan } from '../../adapters/kafka/topics';
import { readConfig } from '../config';
import { makeLogger } from '../log';

/** Brings the topics of the configured cluster to the plan. */
export async function applyTopics(plans: readonly TopicPlan[]): Promise<TopicChanges> {
  const { KAFKA_BOOTSTRAP } = readConfig('KAFKA_BOOTSTRAP');
  const log = makeLogger();
  const changes = await ensureTopics(await makeKafka(KAFKA_BOOTSTRAP, 'create-topics', log), plans);
  log.info(changes, 'topics are as planned');
  return changes;
}
