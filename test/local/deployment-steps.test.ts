import { singleNode } from '../../local/deployment-steps';

test('topics get one replica on a laptop and keep everything else', () => {
  const config = { 'min.insync.replicas': '2', 'compression.type': 'lz4' };
  expect(singleNode({ topics: [{ name: 'trading', partitions: '12', replicationFactor: '3', config }] })).toEqual({
    topics: [
      {
        name: 'trading',
        partitions: '12',
        replicationFactor: '1',
        config: { 'min.insync.replicas': '1', 'compression.type': 'lz4' },
      },
    ],
  });
});
