import { constants } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { isInstant } from '@sluice/core/platform';

/** Of the system's `struct statx`, in bytes; and where its parts are, in units of 4 bytes. */
export const STATX_BYTES = 256;
const NLINK = 4;
const OWNER = 5;
const GROUP = 6;
const MODE = 7;
const INODE = 8;
const SIZE = 10;
const BIRTH_TIME = 20;
const CHANGE_TIME = 24;
const MODIFICATION_TIME = 28;
const DEVICE = 34;

/** What of a record is copied to be looked at later: up to the size, and the times of birth, change and modification. */
const COPIED = [
  { start: NLINK, end: SIZE + 2 },
  { start: BIRTH_TIME, end: MODIFICATION_TIME + 4 },
] as const;
const COPIED_WORDS = COPIED.reduce((sum, { start, end }) => sum + end - start, 0);

const TWO_TO_THE_32 = 2 ** 32;
const NANOSECONDS_PER_SECOND = 1_000_000_000;
const NANOSECONDS_PER_MILLISECOND = 1_000_000;

/** Records of one entry after the other, as far as they say what `PackedFolder` tells of an entry. */
export class StatRecords {
  private words = new Uint32Array(64 * COPIED_WORDS);
  private count = 0;

  add(stats: StatRecord): void {
    if ((this.count + 1) * COPIED_WORDS > this.words.length) this.grow();
    stats.copyTo(this.words, this.count * COPIED_WORDS);
    this.count += 1;
  }

  private grow(): void {
    const words = new Uint32Array(2 * this.words.length);
    words.set(this.words);
    this.words = words;
  }

  /** All that were added, in memory of their own. */
  get all(): Uint32Array<ArrayBuffer> {
    return this.words.slice(0, this.count * COPIED_WORDS);
  }

  /** One after the other, each in the same record. */
  static *of(words: Uint32Array): Generator<StatRecord> {
    const stats = new StatRecord();
    for (let at = 0; at < words.length; at += COPIED_WORDS) yield stats.copyFrom(words, at);
  }
}

/** The parts of `lstat` that an item is made of. */
export type FileStats = Pick<
  BigIntStats,
  | 'dev'
  | 'ino'
  | 'nlink'
  | 'uid'
  | 'gid'
  | 'size'
  | 'mode'
  | 'mtimeNs'
  | 'ctimeNs'
  | 'birthtimeNs'
  | 'isFile'
  | 'isDirectory'
>;

/**
 * What the system tells of one entry after the other, in memory that is used again: it holds until the next look. Listings
 * read it as numbers and texts, which cost a fraction of the big integers that stand for the same.
 */
export class StatRecord implements FileStats {
  private readonly words: Uint32Array;
  private readonly signed: Int32Array;

  /** `bytes`: where they are, or will be. */
  constructor(readonly bytes: Uint8Array = new Uint8Array(STATX_BYTES)) {
    this.words = new Uint32Array(bytes.buffer, bytes.byteOffset, STATX_BYTES / 4);
    this.signed = new Int32Array(bytes.buffer, bytes.byteOffset, STATX_BYTES / 4);
  }

  /** Becomes the same as another record. */
  set(other: StatRecord): void {
    this.bytes.set(other.bytes);
  }

  /** Writes what is looked at later, see `StatRecords`. */
  copyTo(words: Uint32Array, at: number): void {
    let next = at;
    for (const { start, end } of COPIED)
      for (let word = start; word < end; word += 1) words[next++] = this.words[word]!;
  }

  copyFrom(words: Uint32Array, at: number): this {
    let next = at;
    for (const { start, end } of COPIED)
      for (let word = start; word < end; word += 1) this.words[word] = words[next++]!;
    return this;
  }

  /** The same as Node tells it. */
  fill(stats: FileStats): this {
    this.words[NLINK] = Number(stats.nlink);
    this.words[OWNER] = Number(stats.uid);
    this.words[GROUP] = Number(stats.gid);
    this.words[MODE] = Number(stats.mode);
    this.putWide(INODE, stats.ino);
    this.putWide(SIZE, stats.size);
    this.putTime(BIRTH_TIME, stats.birthtimeNs);
    this.putTime(CHANGE_TIME, stats.ctimeNs);
    this.putTime(MODIFICATION_TIME, stats.mtimeNs);
    this.words[DEVICE] = Number(((stats.dev >> 32n) & 0xfffff000n) | ((stats.dev >> 8n) & 0xfffn));
    this.words[DEVICE + 1] = Number(((stats.dev >> 12n) & 0xffffff00n) | (stats.dev & 0xffn));
    return this;
  }

  get mode(): bigint {
    return BigInt(this.type);
  }
  get nlink(): bigint {
    return BigInt(this.links);
  }
  get uid(): bigint {
    return BigInt(this.ownerId);
  }
  get gid(): bigint {
    return BigInt(this.groupId);
  }
  get ino(): bigint {
    return this.wide(INODE);
  }
  get size(): bigint {
    return this.wide(SIZE);
  }
  get mtimeNs(): bigint {
    return this.nanoseconds(MODIFICATION_TIME);
  }
  get ctimeNs(): bigint {
    return this.nanoseconds(CHANGE_TIME);
  }
  get birthtimeNs(): bigint {
    return this.nanoseconds(BIRTH_TIME);
  }
  /** Major and minor number in the bits in which `stat` tells them. */
  get dev(): bigint {
    const [major, minor] = [BigInt(this.words[DEVICE]!), BigInt(this.words[DEVICE + 1]!)];
    return ((major & ~0xfffn) << 32n) | ((major & 0xfffn) << 8n) | ((minor & ~0xffn) << 12n) | (minor & 0xffn);
  }

  isFile(): boolean {
    return this.is(constants.S_IFREG);
  }
  isDirectory(): boolean {
    return this.is(constants.S_IFDIR);
  }
  isSymbolicLink(): boolean {
    return this.is(constants.S_IFLNK);
  }
  isFIFO(): boolean {
    return this.is(constants.S_IFIFO);
  }
  isSocket(): boolean {
    return this.is(constants.S_IFSOCK);
  }

  get ownerId(): number {
    return this.words[OWNER]!;
  }
  get groupId(): number {
    return this.words[GROUP]!;
  }
  /** Twelve bits: those of `chmod`. */
  get permissions(): number {
    return this.words[MODE]! & 0o7777;
  }
  get links(): number {
    return this.words[NLINK]!;
  }
  get byteSize(): number {
    return this.words[SIZE]! + this.words[SIZE + 1]! * TWO_TO_THE_32;
  }
  get inodeText(): string {
    return this.textOf(INODE);
  }
  get modifiedText(): string {
    return this.timeText(MODIFICATION_TIME);
  }
  get changedText(): string {
    return this.timeText(CHANGE_TIME);
  }
  get bornText(): string {
    return this.timeText(BIRTH_TIME);
  }
  /** Whether the file system tells when it was made. */
  get isBirthKnown(): boolean {
    const seconds = this.seconds(BIRTH_TIME);
    return seconds > 0 || (seconds === 0 && this.words[BIRTH_TIME + 2]! > 0);
  }
  /** Milliseconds since 1970; null outside the years 1 to 9999. */
  get modifiedMs(): number | null {
    return this.milliseconds(MODIFICATION_TIME);
  }
  get bornMs(): number | null {
    return this.milliseconds(BIRTH_TIME);
  }
  /** Below the millisecond. */
  get modifiedNanoseconds(): number {
    return this.words[MODIFICATION_TIME + 2]! % NANOSECONDS_PER_MILLISECOND;
  }

  private get type(): number {
    return this.words[MODE]! & 0xffff;
  }

  private is(type: number): boolean {
    return (this.words[MODE]! & constants.S_IFMT) === type;
  }

  private wide(at: number): bigint {
    return BigInt(this.words[at]!) + BigInt(this.words[at + 1]!) * BigInt(TWO_TO_THE_32);
  }

  private putWide(at: number, value: bigint): void {
    this.words[at] = Number(value & 0xffffffffn);
    this.words[at + 1] = Number((value >> 32n) & 0xffffffffn);
  }

  private putTime(at: number, nanoseconds: bigint): void {
    const perSecond = BigInt(NANOSECONDS_PER_SECOND);
    const rest = ((nanoseconds % perSecond) + perSecond) % perSecond;
    this.putWide(at, (nanoseconds - rest) / perSecond);
    this.words[at + 2] = Number(rest);
  }

  private textOf(at: number): string {
    const number = this.words[at]! + this.words[at + 1]! * TWO_TO_THE_32;
    return String(Number.isSafeInteger(number) ? number : this.wide(at));
  }

  private seconds(at: number): number {
    return this.words[at]! + this.signed[at + 1]! * TWO_TO_THE_32;
  }

  private nanoseconds(at: number): bigint {
    return BigInt(this.seconds(at)) * BigInt(NANOSECONDS_PER_SECOND) + BigInt(this.words[at + 2]!);
  }

  private timeText(at: number): string {
    const seconds = this.seconds(at);
    if (seconds <= 0) return String(this.nanoseconds(at));
    return `${seconds}${String(NANOSECONDS_PER_SECOND + this.words[at + 2]!).slice(1)}`;
  }

  private milliseconds(at: number): number | null {
    const time = this.seconds(at) * 1_000 + Math.floor(this.words[at + 2]! / NANOSECONDS_PER_MILLISECOND);
    return isInstant(time) ? time : null;
  }
}
