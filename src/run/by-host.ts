import type { Problem } from '../problems.js'

/** After these nothing more is asked of the host in this run: it would only make things worse, or the run is over. */
const last: ReadonlySet<string> = new Set(['WECHAT_VERIFICATION', 'FETCH_LATER', 'FETCH_BUDGET', 'FETCH_ABORTED'])

/** Of a page that redirected elsewhere, another host was the last to answer. */
export function endsHost({ code, data }: Pick<Problem, 'code' | 'data'>): boolean {
  return last.has(code) && !(code === 'FETCH_LATER' && data?.['target'] !== undefined)
}

/** What is asked for, by the host that is asked. */
export function groupByHost<T extends { url: string }>(wants: readonly T[]): Map<string, T[]> {
  const hosts = new Map<string, T[]>()
  for (const want of wants) {
    const { host } = new URL(want.url)
    const list = hosts.get(host)
    if (list) list.push(want)
    else hosts.set(host, [want])
  }
  return hosts
}
