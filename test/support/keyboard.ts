import type { Locator, Page } from 'playwright-core';

/** More presses than the longest way through a page takes; a way that does not end is a trap. */
const LONGEST_WAY = 120;

/** A person without a mouse: everything by keys, and what has the focus is seen. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Goes on by the tabulator until what is meant has the focus, backwards if told; throws when it is never reached. */
  async to(meant: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await meant.first().waitFor();
    for (let press = 0; press < LONGEST_WAY; press++) {
      if (await this.has(meant)) return this.seen(String(meant));
      await this.page.keyboard.press(key);
    }
    throw new Error(`${String(meant)} is not reached by keys.`);
  }

  /** Goes to what is meant and presses Enter, or another key, there. */
  async press(meant: Locator, key = 'Enter'): Promise<void> {
    await this.to(meant);
    await this.page.keyboard.press(key);
  }

  /** Goes to a field and types into it, in the place of what it holds. */
  async type(field: Locator, text: string): Promise<void> {
    await this.to(field);
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.type(text);
  }

  /** Waits until a view has come, and for the focus to be on its heading: it is neither lost nor left behind. */
  async arrives(heading: Locator): Promise<void> {
    await heading.waitFor();
    for (let look = 0; look < 40; look++) {
      if (await this.has(heading)) return this.seen(String(heading));
      await this.page.waitForTimeout(50);
    }
    throw new Error(`The focus is not on ${String(heading)} but on ${await this.where()}.`);
  }

  /** Throws when the focus is lost or not seen, such as after a dialog whose opener is gone. */
  async isSomewhere(): Promise<void> {
    await this.seen(await this.where());
  }

  private has(meant: Locator): Promise<boolean> {
    return meant.evaluateAll((all) => all.some((one) => one === document.activeElement));
  }

  /** Throws when what has the focus does not look so, or stands outside of the screen. */
  private async seen(name: string): Promise<void> {
    const fault = await this.page.evaluate(faultOfFocus);
    if (fault !== null) throw new Error(`The focus on ${name} is not seen: ${fault}.`);
  }

  private where(): Promise<string> {
    return this.page.evaluate(() => document.activeElement?.outerHTML.slice(0, 160) ?? 'nothing');
  }
}

/** Runs in the page. A control that is drawn by its neighbour, such as a switch, shows the focus there, an item of a tree on its label. */
function faultOfFocus(): string | null {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return 'nothing has it';
  if (!focused.matches(':focus-visible')) return 'the browser would not show it';
  const { top, bottom, left, right } = focused.getBoundingClientRect();
  if (bottom < 0 || right < 0 || top > innerHeight || left > innerWidth) return 'it is outside of the screen';
  const [around, label] = [
    focused.parentElement,
    focused.matches('[role=treeitem]') ? focused.firstElementChild : null,
  ];
  const drawn = [focused, label, around, ...(around?.children ?? [])].filter((each) => each !== null);
  const isDrawn = (style: CSSStyleDeclaration) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
  return drawn.some((each) => isDrawn(getComputedStyle(each))) ? null : 'it has no outline';
}
