import type { FetcherOptions } from '../../src/fetch/fetcher.js'

/** Clock, waits and chance under the test's control: time stands still except when somebody sleeps. */
export function fakeTime(
  start = '2026-11-25T08:00:00.000Z',
): Required<Pick<FetcherOptions, 'now' | 'sleep' | 'random'>> & { waits: number[] } {
  let at = Date.parse(start)
  const waits: number[] = []
  return {
    waits,
    now: () => at,
    random: () => 0.5,
    async sleep(milliseconds) {
      waits.push(milliseconds)
      at += milliseconds
    },
  }
}
