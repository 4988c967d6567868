/** The three forms that RFC 9110, section 5.6.7 lets a recipient meet; only the first is ever written. */
const forms = [
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
]
const asctime = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/

/** Milliseconds since 1970 of a date of HTTP; nothing for any other text, which RFC 9110 wants ignored. */
export function readHttpDate(text: string): number | undefined {
  const written = asctime.test(text) ? `${text} GMT` : forms.some(form => form.test(text)) ? text : ''
  const time = Date.parse(written)
  return Number.isNaN(time) ? undefined : time
}
