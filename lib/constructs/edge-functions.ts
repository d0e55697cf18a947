import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import {
  type FunctionAssociation,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  Function as ViewerFunction,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/stage';
import { REPOSITORY } from './bundling';
import { nameOf } from './naming';

const sourceOf = (file: string): string => readFileSync(join(REPOSITORY, 'lib/edge', `${file}.js`), 'utf8');

const viewerFunction = (scope: Construct, config: StageConfig, name: string, code: string): ViewerFunction =>
  new ViewerFunction(scope, name, {
    functionName: nameOf(config, name),
    code: FunctionCode.fromInline(code),
    runtime: FunctionRuntime.JS_2_0,
  });

/** For what goes on to the API and the sockets: the path that they know, and the viewer's address. */
export const originFunctions = (scope: Construct, config: StageConfig): FunctionAssociation[] => [
  {
    function: viewerFunction(scope, config, 'strip-api-prefix', sourceOf('strip-api-prefix')),
    eventType: FunctionEventType.VIEWER_REQUEST,
  },
];

/** For the pages of the site exported to `webOut`: each request gets a file, and what is none a page that says so. */
export function pageFunctions(scope: Construct, config: StageConfig, webOut: string): FunctionAssociation[] {
  const code = pageCode(webOut);
  return [
    {
      function: viewerFunction(scope, config, 'name-page-file', code),
      eventType: FunctionEventType.VIEWER_REQUEST,
    },
    {
      function: viewerFunction(scope, config, 'tell-unknown-page', code),
      eventType: FunctionEventType.VIEWER_RESPONSE,
    },
  ];
}

export const pageCode = (webOut: string): string =>
  `var FILES = ${JSON.stringify(filesOf(webOut))};\n${sourceOf('name-page-file')}`;

/** What the export holds beside scripts and styles; its pages for unknown addresses are nobody's address. */
const LEFT_OUT = /^\/(_next\/|_not-found\/|404(\/|\.html$))/;

function filesOf(dir: string): readonly string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `/${relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/')}`)
    .filter((file) => !LEFT_OUT.test(file))
    .sort();
}
