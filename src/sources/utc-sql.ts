/**
 * SQL that turns a text which has the form of a timestamp, zone or offset
 * included, into a TIMESTAMP in UTC. DuckDB's cast to TIMESTAMP drops an offset;
 * its cast to TIMESTAMPTZ heeds one, but only after seconds, and takes a text
 * without one for a time in the session's zone.
 */
export function utcTimestampSql(text: string): string {
  const utc = (zoned: string): string => `make_timestamp(epoch_us(cast(${zoned} as timestamptz)))`;
  // What follows a date and HH:MM, which are 16 characters, tells the forms apart.
  return `(case
    when ${text}[17] = ':' then
      case when ${text}[-6] in ('+', '-') or ${text}[-5] in ('+', '-') then ${utc(text)}
      else cast(${text} as timestamp) end
    when ${text}[17] in ('Z', '+', '-') then ${utc(`left(${text}, 16) || ':00' || ${text}[17:]`)}
    else cast(${text} as timestamp) end)`;
}
