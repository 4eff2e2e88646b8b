// node record.mjs PACKAGE OUTPUT: runs the whole script with flightlog, unpacked in PACKAGE, and keeps all that can be seen of it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const folder = resolve(process.argv[2]);
const here = dirname(fileURLToPath(import.meta.url));
const script = join(here, 'script.json');

// The places of this machine are no part of what is compared.
const placeless = (text) => text
  .replaceAll(pathToFileURL(folder).href, 'flightlog')
  .replaceAll(pathToFileURL(here).href, 'script')
  .replace(/\(?node:internal[^)\s]*\)?/g, 'node');

function seen(run) {
  const directory = mkdtempSync(join(tmpdir(), 'flightlog-'));
  try {
    const ended = spawnSync(process.execPath, [join(here, 'perform.mjs'), folder, script, run], { cwd: directory, encoding: 'utf8', timeout: 20_000 });
    const files = {};
    for (const file of readdirSync(directory, { recursive: true }).sort()) {
      if (statSync(join(directory, file)).isFile()) files[file] = placeless(readFileSync(join(directory, file), 'utf8')).split('\n').slice(0, -1);
    }
    return { exitCode: ended.status, output: ended.stdout, error: placeless(ended.stderr), files };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const runs = Object.keys(JSON.parse(readFileSync(script, 'utf8')));
writeFileSync(process.argv[3], JSON.stringify(Object.fromEntries(runs.map((run) => [run, seen(run)])), null, 2) + '\n');
