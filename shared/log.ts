import { Logger } from '@aws-lambda-powertools/logger';

const logger = new Logger();

/** What a line may hold: type, id, subject, seq, error name. Never a body, an item, or an SDK error as it is. */
type Line = Readonly<Record<string, string | number | boolean | undefined>>;

export const log = {
  info: (message: string, line: Line = {}) => logger.info(message, line),
  warn: (message: string, line: Line = {}) => logger.warn(message, line),
  /** An error by name alone: its message may quote what it choked on. */
  error: (message: string, error: unknown, line: Line = {}) =>
    logger.error(message, { ...line, error: error instanceof Error ? error.name : typeof error }),
};
