import type { Call } from '@sluice/core/platform';
import type { MemoryPlatform } from '@sluice/core/testing';

/** What a person does at one side; numbers choose among what is there, so that every act fits every tree. */
export interface Act {
  side: 'source' | 'destination';
  what: 'create' | 'folder' | 'edit' | 'touch' | 'rename' | 'move' | 'remove' | 'replace' | 'swap';
  thing: number;
  folder: number;
  name: number;
  text: number;
}

const call: Call = { signal: new AbortController().signal, priority: 'JOB', owner: 'a person' };

const NAMES = ['a.txt', 'b.txt', 'b (1).txt', 'd', 'e.pdf', 'plans', 'old', 'f.dwg', 'c.txt'];

/** A person at work on a platform, behind the engine's back. */
export class Person {
  constructor(private readonly platform: MemoryPlatform) {}

  async do(act: Act): Promise<void> {
    const path = this.chosen(act, act.what === 'edit' || act.what === 'touch' || act.what === 'replace');
    const target = [this.folder(act), NAMES[act.name % NAMES.length]!].filter((part) => part !== '').join('/');
    switch (act.what) {
      case 'create':
        return this.put(target, textOf(act));
      case 'folder':
        return this.platform.item(target) ? undefined : this.platform.seed([{ path: target }]);
      case 'edit':
        return path === null ? undefined : this.put(path, textOf(act));
      case 'touch':
        return path === null ? undefined : this.put(path, Buffer.from(this.platform.bytes(path)!).toString());
      case 'replace':
        return path === null ? undefined : this.replace(path, textOf(act));
      case 'rename':
        return this.move(path, path === null ? '' : besides(path, NAMES[act.name % NAMES.length]!));
      case 'move':
        return this.move(path, path === null ? '' : [this.folder(act), nameOf(path)].filter(Boolean).join('/'));
      case 'swap':
        return this.swap(path, target);
      case 'remove':
        return path === null ? undefined : this.platform.removeBehind(path);
    }
  }

  /** Removes or saves anew the file at the path where the act says so, else writes into it; no folder is touched. */
  doAt(path: string, act: Act): void {
    const there = this.platform.item(path);
    if (there?.kind === 'FOLDER') return;
    if (there && act.what === 'remove') return this.platform.removeBehind(path);
    if (there && act.what === 'replace') return this.replace(path, textOf(act));
    this.put(path, textOf(act));
  }

  private chosen({ thing }: Act, isFile: boolean): string | null {
    const paths = this.platform.tree().filter((path) => !isFile || !path.endsWith('/'));
    return paths[thing % paths.length]?.replace(/\/$/, '') ?? null;
  }

  private folder({ folder }: Act): string {
    const folders = ['', ...this.platform.tree().filter((path) => path.endsWith('/'))];
    return folders[folder % folders.length]!.replace(/\/$/, '');
  }

  private put(path: string, text: string): void {
    if (this.platform.item(path)?.kind !== 'FOLDER') this.platform.seed([{ path, bytes: text }]);
  }

  private replace(path: string, text: string): void {
    this.platform.removeBehind(path);
    this.put(path, text);
  }

  /** Two things of which neither is in the other get each other's place. */
  private async swap(one: string | null, other: string): Promise<void> {
    if (one === null || !this.platform.item(other) || other.startsWith(`${one}/`) || one.startsWith(`${other}/`))
      return;
    if (one === other) return;
    await this.move(one, ASIDE);
    await this.move(other, one);
    await this.move(ASIDE, other);
  }

  /** Not into itself, and not over anything. */
  private async move(from: string | null, to: string): Promise<void> {
    if (from === null || this.platform.item(to) || to.startsWith(`${from}/`)) return;
    const parent = (await this.platform.find({ path: to.split('/').slice(0, -1) }, call))!;
    await this.platform.destination!.move!(this.platform.item(from)!, { parent, name: nameOf(to) }, call);
  }
}

const ASIDE = 'aside.tmp';
const textOf = ({ text }: Act) => `text ${text}`;
const nameOf = (path: string) => path.split('/').at(-1)!;
const besides = (path: string, name: string) => [...path.split('/').slice(0, -1), name].join('/');
