import { calendarOf } from './calendar.ts';
import holidays from './data/holidays.json' with { type: 'json' };

/** The working days of both countries. */
export const calendar = calendarOf(holidays.calendars);
