import { expect } from 'vitest';
import { CAPABILITIES } from '../../platform/index.js';
import type { Check } from '../../platform/index.js';
import type { Promises } from './bench.js';
import { failureOf } from './bytes.js';

function expectPassed(checks: readonly Check[]): void {
  expect(checks.length).toBeGreaterThan(0);
  expect(new Set(checks.map((check) => check.step)).size).toBe(checks.length);
  for (const check of checks) {
    expect(['PASSED', 'WARNED', 'SKIPPED'], `${check.step}: ${check.message}`).toContain(check.outcome);
    if (check.outcome === 'WARNED') expect(check.remedy, check.step).toEqual(expect.any(String));
  }
}

export function checkingPromises(promise: Promises): void {
  promise('passes its own check', [], async (bench) => {
    expectPassed(await bench.platform.check(bench.call()));
  });

  promise('probes writing and leaves nothing behind', ['destination', 'remove'], async (bench) => {
    const checks = await bench.platform.check(bench.call(), { path: bench.path() });
    expectPassed(checks);
    expect(checks).toContainEqual(expect.objectContaining({ step: 'WRITE_PROBE', outcome: 'PASSED' }));
    expect(await bench.names()).toEqual([]);
  });

  promise('rejects an aborted check with ABORTED', [], async (bench) => {
    const check = bench.platform.check(bench.call({ signal: AbortSignal.abort() }));
    expect((await failureOf(check)).kind).toBe('ABORTED');
  });

  promise('states every capability, with a note where it is restricted', [], async (bench) => {
    for (const name of CAPABILITIES) {
      const { level, note } = bench.platform.capabilities[name];
      expect(['FULL', 'LIMITED', 'EMULATED', 'NONE'], name).toContain(level);
      if (level === 'LIMITED' || level === 'EMULATED') expect(note, name).toEqual(expect.any(String));
    }
  });
}
