import * as z from 'zod';
import { PaperKind } from './case-file.ts';
import * as entry from './office-entry.ts';

const Key = z.strictObject(entry.key);

const profile = {
  ...entry.profile,
  name: z.strictObject(entry.name),
  requiredDocuments: z
    .array(z.strictObject({ ...entry.requirement, documents: z.array(PaperKind).min(1).max(20) }))
    .max(60)
    .optional(),
  phones: z.array(z.strictObject(entry.phone)).max(10).optional(),
  schedules: z.array(z.strictObject(entry.schedule)).max(21).optional(),
  addresses: z.array(z.strictObject(entry.address)).max(5).optional(),
};

/** What an operator sends to `register-office`, from the console or by `npm run office`. */
export const OfficeCommand = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('register'),
    office: z.string(),
    entry: z.strictObject({
      ...profile,
      ...entry.judged,
      keys: z.array(Key).min(1).max(entry.MOST_KEYS),
    }),
  }),
  z.strictObject({ do: z.literal('suspend'), office: z.string() }),
]);
export type OfficeCommand = z.infer<typeof OfficeCommand>;

const of = (command: string) => `/v1/directory/offices/{office}/${command}`;

/** What an office's supervisor may do to its own entry: where it is called and what it brings. */
export const ownCommands = {
  /** The parts that are new; none: the entry is still right. */
  change: { path: of('change'), input: z.strictObject(profile).partial() },
  'set-capacity': {
    path: of('set-capacity'),
    input: z.strictObject({ capacity: entry.Capacity }),
  },
  /** `proof`: this very call signed by the new key too, as a compact JWT. */
  'rotate-keys': {
    path: of('rotate-keys'),
    input: z.strictObject({
      add: z
        .array(z.strictObject({ key: Key, proof: z.string().min(1).max(2048) }))
        .max(entry.MOST_KEYS)
        .optional(),
      remove: z.array(entry.Kid).max(entry.MOST_KEYS).optional(),
    }),
  },
} as const;

export type OwnCommandName = keyof typeof ownCommands;
export type OwnInput<N extends OwnCommandName> = z.infer<(typeof ownCommands)[N]['input']>;

/** The command that a path stands for. */
export const ownCommandAt = (path: string): OwnCommandName | undefined =>
  (Object.keys(ownCommands) as OwnCommandName[]).find((name) => ownCommands[name].path === path);

/** What the API serves of them: one POST a command. */
export const ownPaths: readonly string[] = Object.values(ownCommands).map(({ path }) => path);
