import { parseArgs } from 'node:util';
import type { Tracer } from '../services/appsync/execution/tracing';
import { type Semantics, SEMANTICS_NAMES, semanticsOf } from '../appsync-js/quirks/semantics';
import type { SystemOptions } from '../system/system';
import { JsonTracer } from '../services/appsync/trace/json';
import { TextTracer } from '../services/appsync/trace/text';

export const USAGE = `Runs a synthesized CDK app on this machine: AppSync with JS resolvers, DynamoDB, Lambda.

  --assembly DIR             what \`cdk synth\` wrote; the app in the working directory is synthesized without it
  --port N                   default 4000; 0 is any free port; loopback only
  --data DIR                 where the tables live, default .data
  --memory                   keep nothing
  --engine NAME              dynoxide or dynamodb-local; the first that can run here without it
  --dynamodb-endpoint URL    use the DynamoDB that answers there
  --web DIR                  a folder of pages to serve beside the API
  --watch                    reload resolvers, functions and schema when the sources change
  --no-type-check            run code whose types or lint AppSync would refuse at deployment
  --semantics NAME           how resolver code is read: appsync (default; as several people report it, warns of the rest),
                             strictest (as strictly as anybody reports) or ecmascript (plain JavaScript)
  --trace [json]             follow each request: what resolvers evaluate, what data sources answer; on stderr
  --help                     this text`;

/** Wrong use: told with the usage, and exit code 1. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What the command line asks for. Throws UsageError. */
export function readOptions(argv: string[]): Omit<SystemOptions, 'signal'> | 'help' {
  const { values } = parse(argv);
  const { assembly, port, data, memory, engine, web, watch, trace, help } = values;
  if (help) {
    return 'help';
  }
  const number = Number(port);
  if (!/^\d+$/.test(port) || number > 65535) {
    throw new UsageError(`--port takes a number from 0 to 65535, not ${port}`);
  }
  if (engine !== undefined && engine !== 'dynoxide' && engine !== 'dynamodb-local') {
    throw new UsageError(`--engine takes dynoxide or dynamodb-local, not ${engine}`);
  }
  return {
    assembly,
    port: number,
    data: memory ? undefined : data,
    engine,
    dynamodbEndpoint: values['dynamodb-endpoint'],
    web,
    watch,
    typeCheck: !values['no-type-check'],
    semantics: readSemantics(values.semantics),
    tracer: tracerOf(trace),
    log: (line) => console.error(line),
  };
}

function readSemantics(name: string): Semantics {
  const semantics = semanticsOf(name);
  if (!semantics) {
    throw new UsageError(`--semantics takes ${SEMANTICS_NAMES.join(', ')}, not ${name}`);
  }
  return semantics;
}

function tracerOf(format: string | undefined): Tracer | undefined {
  const write = (text: string) => void process.stderr.write(text);
  switch (format) {
    case undefined:
      return undefined;
    case 'text':
      return new TextTracer(write);
    case 'json':
      return new JsonTracer(write);
    default:
      throw new UsageError(`--trace takes text or json, or stands alone, not ${format}`);
  }
}

/** A flag that may stand alone. */
function withDefault(argv: string[], flag: string, value: string): string[] {
  return argv.map((word, i) => (word === flag && (argv[i + 1] ?? '-').startsWith('-') ? `${flag}=${value}` : word));
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: withDefault(argv, '--trace', 'text'),
      options: {
        assembly: { type: 'string' },
        port: { type: 'string', default: '4000' },
        data: { type: 'string', default: '.data' },
        memory: { type: 'boolean', default: false },
        engine: { type: 'string' },
        'dynamodb-endpoint': { type: 'string' },
        web: { type: 'string' },
        watch: { type: 'boolean', default: false },
        'no-type-check': { type: 'boolean', default: false },
        semantics: { type: 'string', default: 'appsync' },
        trace: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
