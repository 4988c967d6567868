/** Players of videos, which stand in frames, by their address without `https://www.`; and the address of the page of the video that each plays. */
const players: readonly (readonly [frame: RegExp, page: string])[] = [
  [/^youtube(?:-nocookie)?\.com\/embed\/(?!videoseries|live_stream)([\w-]{11})(?![\w-])/, 'www.youtube.com/watch?v=$'],
  [/^(?:player\.)?bilibili\.com\/(?:embed\/|.*[?&]bvid=)(BV\w{10})/, 'www.bilibili.com/video/$'],
  [/^(?:player\.)?bilibili\.com\/.*[?&]aid=(\d+)/, 'www.bilibili.com/video/av$'],
  [/^(?:player\.)?vimeo\.com\/(?:embed|video)\/(\d+)/, 'vimeo.com/$'],
  [/^v\.qq\.com\/.*[?&]vid=([a-z]\w{6,20})(?!\w)/, 'v.qq.com/x/page/$.html'],
  [/^player\.youku\.com\/embed\/([\w=]+)/, 'v.youku.com/v_show/id_$.html'],
]

/** The page of the video that a frame plays; absent when it is no player that is known. */
export function videoPage(frame: string): string | undefined {
  const address = frame.replace(/^https?:\/\/(?:www\.)?/, '')
  for (const [pattern, page] of players) {
    const id = pattern.exec(address)?.[1]
    if (id !== undefined) return `https://${page.replace('$', id)}`
  }
  return undefined
}
