import { nearestName } from './nearest-name.js'

/** What is expected where a text is no time zone, with the zone that it was meant for. */
export function explainZone(name: string): string {
  const meant = nearestName(name, Intl.supportedValuesOf('timeZone'))
  return `must be the IANA name of a time zone, e.g. Asia/Shanghai${meant === undefined ? '' : `; did you mean ${meant}?`}`
}
