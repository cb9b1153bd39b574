import { crc32, deflateSync } from 'node:zlib';
import { below, dice } from './dice.js';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const RGB = 2;

type Colour = readonly [number, number, number];

/** A picture of the pier, valid PNG: sky, water, piles, and a little grain so that no two are alike. */
export function photo(seed: string, width = 300, height = 200): Buffer {
  const roll = dice(seed);
  const horizon = Math.floor(height * (0.35 + roll() * 0.2));
  const pile = { first: below(roll, 40), gap: 30 + below(roll, 40), top: horizon - 10 - below(roll, 40) };
  const light = 120 + below(roll, 100);
  const stride = width * 3 + 1;
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const behind = y < horizon ? sky(y / horizon, light) : WATER;
    const wood = y > pile.top ? timber(y / height) : behind;
    for (let x = 0; x < width; x++) {
      const [red, green, blue] = (x + pile.first) % pile.gap < 9 ? wood : behind;
      const wave = behind === WATER ? Math.sin(x / 9 + y / 3) * 8 : 0;
      const change = wave + (roll() < 0.2 ? below(roll, 14) : 0);
      const at = y * stride + 1 + x * 3;
      rows[at] = red + change;
      rows[at + 1] = green + change;
      rows[at + 2] = blue + change;
    }
  }
  return png(width, height, rows);
}

const WATER: Colour = [28, 72, 96];
const sky = (share: number, light: number): Colour => [light * share + 20, light * share * 0.9 + 50, 160 + share * 60];
const timber = (share: number): Colour => [90 - share * 40, 66 - share * 30, 48];

/** Wraps filtered RGB rows, each with its leading filter byte, as a PNG. */
function png(width: number, height: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, RGB, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
