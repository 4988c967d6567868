import { parsePost } from 'weekloom/core'

const outcome = parsePost(
  '---\ntitle: Weekly 12\ndate: 2024-05-31\n---\n\n### Reading\n\n- [Raft](https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa)\n',
  {
    path: 'posts/weekly-12.md',
    timeZone: 'Asia/Shanghai',
  },
)
if (!outcome.ok) throw new Error(outcome.problem.message)
for (const { section, title, url } of outcome.value.sections.flatMap(part => part.links)) console.log(section, title, url)
