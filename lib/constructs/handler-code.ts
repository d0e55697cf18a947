import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { REPOSITORY, requireHandler } from './bundling';
import { bundleHandler } from './handler-bundle';

/** Where a deploy leaves the maps of what it deployed: see "Reading a stack trace" in docs/how-to/deploy.md. */
const SOURCE_MAPS = join(REPOSITORY, 'source-maps');

/** The handler's bundle as a Lambda asset, built in this process; the hash is the bundle's, not that of its sources. */
export const handlerCode = (name: string): Code =>
  Code.fromAsset(REPOSITORY, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('scratch'), // Never run: the local build below succeeds or throws.
      command: [name], // Distinguishes the functions in the CDK's cache of staged assets.
      local: {
        tryBundle: (outputDirectory) => {
          requireHandler(name);
          bundleHandler(name, outputDirectory, SOURCE_MAPS);
          return true;
        },
      },
    },
  });
