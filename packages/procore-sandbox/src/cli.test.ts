import { describe, expect, it } from 'vitest';
import { readCommandLine, usage } from './cli.js';
import { resolveOptions } from './defaults.js';
import { seeded } from './seed-data.js';

const options = (args: string[], env: Record<string, string> = {}) => {
  const input = readCommandLine(args, env);
  if (input === 'help') throw new Error('asked for help');
  return resolveOptions(input);
};

describe('command line', () => {
  it('has fixed ports and the defaults of the sandbox', () => {
    const plain = options([]);
    expect(plain.ports).toEqual({ login: 4010, api: 4011, files: 4012, storage: 4013 });
    expect(plain).toMatchObject({ host: '127.0.0.1', dataDir: null, autoApprove: false, loginOnApiPort: false });
    expect(plain.limits).toMatchObject({ hourly: 3600, spike: 100, hourSeconds: 3600, retryAfterOn429: true });
    expect(plain.clients.map(({ id }) => id)).toEqual([seeded.clientId, seeded.serviceClientId]);
  });

  it('reads options over the environment, over the preset', () => {
    const env = {
      PROCORE_SANDBOX_API_PORT: '5000',
      PROCORE_SANDBOX_PRESET: '600/25',
      PROCORE_SANDBOX_AUTO_APPROVE: '1',
    };
    const read = options(['--api-port', '0', '--spike', '30', '--window-kind', 'rolling', '--no-retry-after'], env);
    expect(read.ports.api).toBe(0);
    expect(read.autoApprove).toBe(true);
    expect(read.limits).toMatchObject({ hourly: 600, spike: 30, windowKind: 'rolling', retryAfterOn429: false });
    const named = options(['--client-id', 'me', '--client-secret', 's', '--token-lifetime', '5', '--data-dir', 'd']);
    expect(named.clients[0]).toMatchObject({ id: 'me', secret: 's' });
    expect(named).toMatchObject({ dataDir: 'd', behaviour: { tokenLifetimeSeconds: 5 } });
  });

  it('explains what it can not read', () => {
    expect(() => options(['--api-port', 'many'])).toThrow('--api-port must be a whole number, not many');
    expect(() => options(['--preset', '1/1'])).toThrow('--preset must be one of 600/25');
    expect(() => options(['--window-kind', 'square'])).toThrow('--window-kind');
    expect(() => options(['--hourly', '0'])).toThrow('limits.hourly must be greater than 0');
    expect(() => options(['--colour'])).toThrow('--colour');
    expect(readCommandLine(['--help'], {})).toBe('help');
    expect(usage).toContain('--storage-port');
  });
});
