import { Command } from 'commander';
import { addExport } from './commands/export';
import { addImport } from './commands/import';
import { addLoad } from './commands/load';
import { addRebuild } from './commands/rebuild';
import { addRedrive } from './commands/redrive';
import { EXIT } from './commands/run';
import { addVerify } from './commands/verify';
import { OpsError } from './ops-error';

// The SDK's word on old versions of Node is for those who maintain this, not for those who run it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const program = new Command('ops')
  .description('Operations on a running system: the local one, or a deployed one with the usual AWS credentials.')
  .option('--outputs <file>', 'a deployed system: what `cdk deploy --outputs-file` wrote')
  .option('--data <folder>', 'the local system whose data is there', '.data')
  .option('--json', 'results as JSON on stdout, a line each')
  .exitOverride();
[addVerify, addRebuild, addRedrive, addLoad, addExport, addImport].forEach((add) => add(program));

/** Errors that a person can do something about are told in one line; others are ours, and come with their stack. */
function report(error: unknown): void {
  const code = (error as { code?: string }).code;
  if (code?.startsWith('commander.')) {
    process.exitCode = (error as { exitCode: number }).exitCode === 0 ? EXIT.ok : EXIT.failed;
    return;
  }
  process.exitCode = EXIT.failed;
  if (error instanceof OpsError) {
    console.error(error.message);
  } else if (code === 'ECONNREFUSED') {
    console.error('Nothing answers there any more: is the system running?');
  } else {
    console.error(error);
  }
}

program.parseAsync().catch(report);
