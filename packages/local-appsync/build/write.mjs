import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Makes a folder hold these files and no others. Systems that run from it meanwhile find each file whole: equal files
 * stay, others are replaced at once, and those that are no longer needed go last.
 *
 * @param files texts by their paths in the folder
 * @param keeps names in the folder that are another's
 */
export function writeFolder(folder, files, keeps = []) {
  for (const [name, text] of files) {
    writeChanged(join(folder, name), text);
  }
  for (const name of listed(folder, keeps)) {
    if (!files.has(name)) {
      rmSync(join(folder, name));
    }
  }
}

function writeChanged(file, text) {
  if (read(file) === text) {
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function listed(folder, keeps) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !keeps.includes(name))
    .flatMap((entry) =>
      entry.isDirectory() ? listed(join(folder, entry.name), []).map((name) => `${entry.name}/${name}`) : [entry.name],
    );
}
