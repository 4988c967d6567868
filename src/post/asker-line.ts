/** A line that says who asks: "1、@小河 提问：", "2. @reed #589", "阿木 提问". */
const askerLine =
  /^(?:\d{1,3}\s?[.、．)）]?\s?)?(?:[、.]?\s?@\s?([^\s：:#][^：:#]{0,38}?)\s?(?:#\d{1,7})?\s?(提问|请问|问)?|([^\s：:#，。][^：:#，。]{0,30}?)\s?提问)\s?[:：]?$/

/** No line that says who asks is longer, in UTF-16 units. */
const maxLine = 60

/** Who asks, when a line says nothing else; `said`: it says in words that this is a question, so it is one wherever it stands. */
export function askerIn(text: string): { name: string; said: boolean } | undefined {
  if (text.length > maxLine + 20) return undefined
  const line = text.replaceAll('*', '').trim()
  const match = line.length > maxLine ? null : askerLine.exec(line)
  const name = match?.[1] ?? match?.[3]
  return name === undefined ? undefined : { name, said: match?.[2] !== undefined || match?.[3] !== undefined }
}
