// node perform.mjs PACKAGE SCRIPT RUN: performs one run of the script with flightlog, in the current directory.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [, , folder, script, name] = process.argv;
const { install } = await import(pathToFileURL(join(folder, 'src', 'index.js')));
const run = JSON.parse(readFileSync(script, 'utf8'))[name];
const { exitOnUnobserved, ...options } = run.options;
let recorder;
for (let turn = 0; turn < (run.install ?? 1); turn++) recorder = install({ ...options, exitOnRejection: exitOnUnobserved });

const types = { Error, TypeError, RangeError };
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function make(told) {
  if ('value' in told) return told.value;
  const message = told.message + '.'.repeat(told.padding ?? 0);
  const error = new types[told.type](message, told.cause ? { cause: make(told.cause) } : undefined);
  if (!told.thrown) return error;
  try {
    throw error;
  } catch (thrown) {
    return thrown;
  }
}

const verbs = {
  captureSync: (step) => console.log(JSON.stringify(recorder.captureSync(make(step.error), step.extra))),
  capture: async (step) => {
    recorder.capture(make(step.error), step.extra);
    await wait(100);
  },
  throw: (step) => {
    setTimeout(() => { throw make(step.error); });
    return wait(1000);
  },
  throwAside: async (step) => {
    await verbs.throw(step);
    console.log('alive');
  },
  forget: async (step) => {
    Promise.reject(make(step.error));
    await wait(1000);
    console.log('alive');
  },
};

for (const step of run.steps) await verbs[step.do](step);
