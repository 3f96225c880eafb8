import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../../../shared/start-error';

/** Each engine's database in its folder. */
export const DATABASES = { dynoxide: 'dynoxide.db', 'dynamodb-local': 'shared-local-instance.db' } as const;

/**
 * Throws StartError if another engine has made the folder: its tables would seem to be lost, and what is kept beside
 * them, such as positions in streams, belongs to them.
 *
 * @param wanted an engine's name, or the address of a DynamoDB
 */
export function refuseAnotherEngine(directory: string, wanted: string): void {
  const makers = Object.entries(DATABASES)
    .filter(([, file]) => existsSync(join(directory, file)))
    .map(([name]) => name);
  const [maker] = makers;
  if (maker !== undefined && !makers.includes(wanted)) {
    throw new StartError(
      `${directory} holds data of ${maker}, which ${wanted} can't read. ` +
        `Use ${maker} (--engine ${maker}), or another folder (--data DIR).`,
    );
  }
}
