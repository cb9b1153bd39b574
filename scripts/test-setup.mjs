// What the tests need beside the dependencies: a Chromium for the browser test and a PostgreSQL server for the store tests.
import { existsSync, readdirSync } from 'node:fs';
import process from 'node:process';
import { step, stop, StepFailed } from './steps.mjs';

const needs = [
  { package: 'chromium', purpose: 'the browser test', isPresent: hasChromium },
  { package: 'postgresql', purpose: 'the store tests on PostgreSQL', isPresent: hasPostgres },
];

function hasChromium() {
  const places = [process.env.CHROME_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'];
  return places.some((place) => place && existsSync(place));
}

/** Debian keeps the server's programs beside the path, in a folder per version. */
function hasPostgres() {
  const home = '/usr/lib/postgresql';
  const debian = existsSync(home) && readdirSync(home).some((version) => existsSync(`${home}/${version}/bin/initdb`));
  return debian || (process.env.PATH ?? '').split(':').some((folder) => existsSync(`${folder}/initdb`));
}

async function install(packages) {
  const quiet = { env: { DEBIAN_FRONTEND: 'noninteractive' } };
  await step({
    label: 'Reading the package lists of Debian',
    command: 'apt-get',
    args: ['update', '-qq'],
    failure: `apt-get update failed; install ${packages.join(' and ')} by hand and run npm test again.`,
    ...quiet,
  });
  await step({
    label: `Installing ${packages.join(' and ')}`,
    hint: 'about a minute',
    command: 'apt-get',
    args: ['install', '-y', '-qq', '--no-install-recommends', ...packages],
    failure: `apt-get could not install ${packages.join(' and ')}; install them by hand and run npm test again.`,
    ...quiet,
  });
}

async function main() {
  const missing = needs.filter((need) => !need.isPresent());
  if (missing.length === 0) return;
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (canInstall) return install(missing.map((need) => need.package));
  const list = missing.map((need) => `${need.package} (for ${need.purpose})`).join(' and ');
  throw new StepFailed(
    `The tests need ${list}. Install with: sudo apt-get install ${missing.map((need) => need.package).join(' ')}` +
      ' – a browser elsewhere is found through CHROME_PATH, a PostgreSQL server through PATH.',
  );
}

await main().catch(stop);
