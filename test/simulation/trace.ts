/** What happened, as a hash; as text too while a single history is told. */
export class Trace {
  #hash = 0x811c9dc5;
  readonly told: string[] = [];
  readonly #tells: boolean;

  constructor(tells: boolean) {
    this.#tells = tells;
  }

  add(at: number, what: string) {
    for (let i = 0; i < what.length; i += 1)
      this.#hash = Math.imul(this.#hash ^ what.charCodeAt(i), 0x01000193);
    this.#hash = Math.imul(this.#hash ^ (at & 0xffffffff), 0x01000193);
    if (this.#tells) this.told.push(`${new Date(at).toISOString().slice(5, 23)} ${what}`);
  }

  /** More of it, for whoever reads. */
  detail(text: () => string) {
    if (this.#tells) this.told.push(text());
  }

  get hash(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, '0');
  }
}
