import { createInterface } from 'node:readline';
import { type DataFolder, openDataFolder } from '../../../src/system/data-folder';
import { StartError } from '../../../src/shared/start-error';

// A process that wants a data folder: `try` and `insist` on stdin are answered by `owner` or `refused`, `release` by
// `released`.
const [directory] = process.argv.slice(2) as [string];
let folder: DataFolder | undefined;

async function open(patienceMs?: number): Promise<string> {
  try {
    folder = await openDataFolder(directory, patienceMs);
    return 'owner';
  } catch (error) {
    if (error instanceof StartError) {
      return 'refused';
    }
    throw error;
  }
}

async function main(): Promise<void> {
  console.log('here');
  for await (const command of createInterface(process.stdin)) {
    if (command === 'release') {
      folder?.release();
      console.log('released');
    } else {
      console.log(await open(command === 'try' ? 0 : undefined));
    }
  }
}

void main();
