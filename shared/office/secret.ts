/** Where these are must not be found out: no address of them is taken, shown or passed on. */
export const hidesAddress = (kind: string): boolean =>
  kind === 'shelter' || kind === 'self-support-centre';
