import { expect, it } from 'vitest';
import { newSigningSecret, signatureHeader } from './signature.js';

const MESSAGE = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: '{"test": 2432232314}' };
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

it('signs as Standard Webhooks does, by its published example', () => {
  expect(signatureHeader([SECRET], MESSAGE)).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

it('signs with both secrets during a rotation, separated by a space', () => {
  const [one, other] = [newSigningSecret(), newSigningSecret()];
  const single = [one, other].map((secret) => signatureHeader([secret], MESSAGE));
  expect(signatureHeader([one, other], MESSAGE)).toBe(single.join(' '));
  expect(single[0]).not.toBe(single[1]);
});

it('makes secrets of 32 random bytes', () => {
  const secrets = Array.from({ length: 100 }, newSigningSecret);
  expect(new Set(secrets).size).toBe(100);
  for (const secret of secrets) expect(Buffer.from(secret.replace('whsec_', ''), 'base64')).toHaveLength(32);
});

it.each([
  { ...MESSAGE, id: 'msg_other' },
  { ...MESSAGE, timestamp: 1_614_265_331 },
  { ...MESSAGE, body: '{"test": 1}' },
])('covers identifier, time and body: %o', (altered) => {
  expect(signatureHeader([SECRET], altered)).not.toBe(signatureHeader([SECRET], MESSAGE));
});
