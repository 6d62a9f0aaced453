/**
 * SQL that turns a text which has the form of a timestamp, zone or offset
 * included, into a TIMESTAMP in UTC. DuckDB's own cast drops the offset, and has
 * none for an offset without seconds.
 */
export function utcTimestampSql(text: string): string {
  // A date with hours and minutes has 16 characters; only what is longer can have an offset.
  const zone = `case
    when ${text}[-1] = 'Z' then 1
    when length(${text}) > 16 and ${text}[-6] in ('+', '-') then 6
    when length(${text}) > 16 and ${text}[-5] in ('+', '-') then 5
    else 0 end`;
  const offset = (length: number): string =>
    `to_minutes(cast(${text}[-${length}] || '1' as integer) *
      (60 * cast(${text}[-${length - 1}:-${length - 2}] as integer) + cast(${text}[-2:] as integer)))`;
  const local = `cast(left(${text}, length(${text}) - zone_length) as timestamp)`;
  return `(case ${zone}
    when 1 then ${local.replace('zone_length', '1')}
    when 6 then ${local.replace('zone_length', '6')} - ${offset(6)}
    when 5 then ${local.replace('zone_length', '5')} - ${offset(5)}
    else cast(${text} as timestamp) end)`;
}
