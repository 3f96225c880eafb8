const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } = require('node:fs');
const { join, relative } = require('node:path');

const ROOT = join(__dirname, '..', '..', '..');
const DAY_MS = 86_400_000;

/**
 * The assembly of the CDK app in a folder, in a folder of its own below `cache`. It is synthesized only if there is none of
 * the same sources (files and folders, relative to the app) and of the same libraries.
 */
module.exports = function synthesized({ app, sources, cache }) {
  const assembly = join(
    cache,
    digest([...sources.map((source) => join(app, source)), join(ROOT, 'package-lock.json')]),
  );
  if (!existsSync(assembly)) {
    mkdirSync(cache, { recursive: true });
    removeOld(cache);
    // Under another name until it is whole: two runs of the tests may do this at once.
    const draft = `${assembly}.${process.pid}`;
    execFileSync(process.execPath, [require.resolve('aws-cdk/bin/cdk'), 'synth', '--quiet', '--output', draft], {
      cwd: app,
      // A test of the templates checks them.
      env: { ...process.env, CDK_VALIDATION: 'false' },
      stdio: 'pipe',
    });
    put(draft, assembly);
  }
  return assembly;
};

function put(draft, assembly) {
  try {
    renameSync(draft, assembly);
  } catch (error) {
    if (!existsSync(assembly)) {
      throw error;
    }
    rmSync(draft, { recursive: true });
  }
}

function removeOld(cache) {
  for (const name of readdirSync(cache)) {
    const folder = join(cache, name);
    if (Date.now() - statSync(folder).mtimeMs > DAY_MS) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

function digest(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(filesOf)) {
    const content = readFileSync(file);
    hash.update(`${relative(ROOT, file)}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

function filesOf(path) {
  if (!statSync(path).isDirectory()) {
    return [path];
  }
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(join(path, name)));
}
