import pc from 'picocolors'

/** Colours for what is written to a stream: where that is a terminal, so that none stand in a file. `FORCE_COLOR` and `NO_COLOR` say otherwise. */
export function coloursOn(stream: NodeJS.WriteStream): ReturnType<typeof pc.createColors> {
  const { NO_COLOR: no = '', FORCE_COLOR: forced = '', TERM } = process.env
  if (no !== '' || /^(?:0|false)$/i.test(forced)) return pc.createColors(false)
  return pc.createColors(forced !== '' || (stream.isTTY === true && TERM !== 'dumb'))
}
