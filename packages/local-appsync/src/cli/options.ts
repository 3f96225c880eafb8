import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { SEMANTICS_NAMES, type SemanticsName } from '../appsync-js/quirks/semantics';
import type { LocalAppSyncOptions } from '../api';

/** Wrong use: told with how to get help, and exit code 1. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface Flags {
  assembly?: string;
  port: number;
  allowOrigin?: string[];
  allowHost?: string[];
  corsAny?: true;
  data: string;
  memory?: true;
  engine?: 'dynoxide' | 'dynamodb-local';
  dynamodbEndpoint?: string;
  web?: string;
  watch?: true;
  typeCheck: boolean;
  semantics: SemanticsName;
  trace?: 'text' | 'json';
}

function command(write: (text: string) => void): Command {
  return new Command('local-appsync')
    .description('Runs a synthesized CDK app on this machine: AppSync with JS resolvers, DynamoDB, Lambda.')
    .option('--assembly <dir>', 'what `cdk synth` wrote; the app in the working directory is synthesized without it')
    .addOption(
      new Option('--port <n>', '0 is any free port; loopback only').default(4000).argParser((text) => portOf(text)),
    )
    .option('--allow-origin <url>', 'let pages of this origin call, too; may be repeated', append)
    .option('--allow-host <name>', 'answer to this name, too; may be repeated', append)
    .option('--cors-any', 'the GraphQL API answers pages of any origin, as on AWS')
    .option('--data <dir>', 'where the tables live', '.data')
    .option('--memory', 'keep nothing')
    .addOption(
      new Option('--engine <name>', 'the DynamoDB engine; the first that can run here without it').choices([
        'dynoxide',
        'dynamodb-local',
      ]),
    )
    .option('--dynamodb-endpoint <url>', 'use the DynamoDB that answers there')
    .option('--web <dir>', 'a folder of pages to serve beside the API')
    .option('--watch', 'reload resolvers, functions and schema when the sources change')
    .option('--no-type-check', 'run code whose types or lint AppSync would refuse at deployment')
    .addOption(
      new Option(
        '--semantics <name>',
        'how resolver code is read: as AppSync is reported to by several people, with warnings of the rest; as ' +
          'strictly as anybody reports; or as plain JavaScript',
      )
        .choices(SEMANTICS_NAMES)
        .default('appsync'),
    )
    .addOption(
      new Option('--trace [format]', 'follow each request on stderr: what resolvers evaluate, what data sources answer')
        .choices(['text', 'json'])
        .preset('text'),
    )
    .helpOption('--help', 'this text')
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: () => undefined });
}

/** What the command line asks for; undefined if it asked for help, which is written. Throws UsageError. */
export function readOptions(
  argv: string[],
  write: (text: string) => void = (text) => void process.stdout.write(text),
): LocalAppSyncOptions | undefined {
  const parsing = command(write);
  try {
    parsing.parse(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) {
        return undefined;
      }
      throw new UsageError(`${error.message.replace(/^error: /, '')}\nSee --help.`);
    }
    throw error;
  }
  const { data, memory, engine, dynamodbEndpoint, allowOrigin, allowHost, ...rest } = parsing.opts<Flags>();
  return {
    ...rest,
    ...(allowOrigin && { allowOrigins: allowOrigin }),
    ...(allowHost && { allowHosts: allowHost }),
    data: memory ? undefined : data,
    engine: engine ?? (dynamodbEndpoint === undefined ? undefined : { endpoint: dynamodbEndpoint }),
  };
}

function append(text: string, before: string[] = []): string[] {
  return [...before, text];
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) {
    throw new InvalidArgumentError('It takes a number from 0 to 65535.');
  }
  return port;
}
