/** The longest of many texts, longest first. */
export class Longest {
  private readonly texts: string[] = [];

  constructor(private readonly limit: number) {}

  /** `length` in UTF-16 units; the text is only made when it is among the longest. */
  add(length: number, text: () => string): void {
    if (this.texts.length === this.limit && length <= this.texts.at(-1)!.length) return;
    const index = this.texts.findIndex((one) => one.length < length);
    this.texts.splice(index < 0 ? this.texts.length : index, 0, text());
    this.texts.length = Math.min(this.texts.length, this.limit);
  }

  list(): string[] {
    return [...this.texts];
  }
}
