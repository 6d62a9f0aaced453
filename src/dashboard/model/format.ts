/** Figures and dates as text, in the way of the reader's locale. The contract has no currency, so none is shown. */

/** Whole numbers past 2^53 come as text, which keeps their digits. */
export type Numeric = number | string;

export const noValue = '–';

const oneDecimal = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

export class Formats {
  private readonly exact: Intl.NumberFormat;
  private readonly whole: Intl.NumberFormat;
  private readonly oneDecimal: Intl.NumberFormat;
  private readonly short: Intl.NumberFormat;
  private readonly share: Intl.NumberFormat;
  private readonly signed: Intl.NumberFormat;
  private readonly roughlySigned: Intl.NumberFormat;
  private readonly dates: Intl.DateTimeFormat;
  private readonly shortDates: Intl.DateTimeFormat;
  private readonly months: Intl.DateTimeFormat;
  private readonly shortMonths: Intl.DateTimeFormat;
  private readonly instants: Intl.DateTimeFormat;
  private readonly ages: Intl.RelativeTimeFormat;

  /** @param locale default that of the browser; @param timeZone of instants, default the browser's */
  constructor(locale?: string, timeZone?: string) {
    const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
    // A date has no time zone: it is read and written in the same one.
    const date = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    this.exact = number({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
    this.whole = number({ maximumFractionDigits: 0 });
    this.oneDecimal = number(oneDecimal);
    this.short = number({ notation: 'compact', maximumFractionDigits: 1 });
    this.share = number({ style: 'percent', ...oneDecimal });
    this.signed = number({ style: 'percent', ...oneDecimal, signDisplay: 'exceptZero' });
    this.roughlySigned = number({
      style: 'percent',
      maximumFractionDigits: 0,
      signDisplay: 'exceptZero',
    });
    this.dates = date({ day: 'numeric', month: 'short', year: 'numeric' });
    this.shortDates = date({ day: 'numeric', month: 'short' });
    this.months = date({ month: 'long', year: 'numeric' });
    this.shortMonths = date({ month: 'short', year: '2-digit' });
    this.instants = new Intl.DateTimeFormat(locale, {
      dateStyle: 'medium',
      timeStyle: 'short',
      ...(timeZone === undefined ? {} : { timeZone }),
    });
    this.ages = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  }

  /** `1,204.50` */
  money(value: Numeric | null): string {
    return written(this.exact, value);
  }

  /** The same, but without the decimals that no one needs beside five digits: `50,211`. */
  headline(value: Numeric | null): string {
    return written(Math.abs(Number(value)) >= 10_000 ? this.whole : this.exact, value);
  }

  count(value: Numeric | null): string {
    return written(this.whole, value);
  }

  /** `3.4` */
  decimal(value: Numeric | null): string {
    return written(this.oneDecimal, value);
  }

  /** For axes: `12K`. */
  compact(value: number): string {
    return this.short.format(value);
  }

  /** Of 4.25: `4.3%`. */
  percent(value: number | null): string {
    return value === null ? noValue : this.share.format(value / 100);
  }

  /** Of 4.25: `+4.3%`. */
  change(value: number | null): string {
    return value === null ? noValue : this.signed.format(value / 100);
  }

  /** Of 30.9, where there is little room: `+31%`. */
  roughChange(value: number): string {
    return this.roughlySigned.format(value / 100);
  }

  /** Of `2025-06-30`, or of a text that begins so: `30 Jun 2025`. */
  date(date: string): string {
    return this.dates.format(dayOf(date));
  }

  shortDate(date: string): string {
    return this.shortDates.format(dayOf(date));
  }

  /** `1 – 30 Jun 2025` */
  dateRange(first: string, last: string): string {
    return this.dates.formatRange(dayOf(first), dayOf(last));
  }

  month(date: string): string {
    return this.months.format(dayOf(date));
  }

  shortMonth(date: string): string {
    return this.shortMonths.format(dayOf(date));
  }

  /** An instant in the reader's time: `30 Jun 2025, 14:32`. */
  instant(instant: string): string {
    return this.instants.format(new Date(instant));
  }

  /** `5 minutes ago`; a clock that is behind makes no future of it. */
  age(instant: string, now: number): string {
    const seconds = Math.max(0, (now - Date.parse(instant)) / 1000);
    for (const [unit, size] of units) {
      if (seconds >= size) return this.ages.format(-Math.floor(seconds / size), unit);
    }
    return this.ages.format(0, 'second');
  }
}

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

function written(format: Intl.NumberFormat, value: Numeric | null): string {
  // A text of digits is formatted as it is, not as the nearest double.
  return value === null ? noValue : format.format(value as Intl.StringNumericLiteral);
}

function dayOf(date: string): Date {
  return new Date(`${date.slice(0, 10)}T00:00:00Z`);
}
