import { describe, expect, it } from 'vitest'
import { parseHtml } from '../../src/text/html.js'
import type { Attachment } from '../../src/types.js'
import { cleanTree } from '../../src/wechat/body.js'

const url = 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv'
const picture = 'https://mmbiz.qpic.cn/mmbiz_png/abc/640'

function clean(html: string, attachments: Attachment[] = []): string {
  return cleanTree(parseHtml(html), { url, videoLengths: new Map([['wxv_123456', 111]]), attachments })
}

const cases: readonly (readonly [title: string, html: string, clean: string])[] = [
  [
    'gives lazy pictures their address, type and size',
    `<img data-src="http://mmbiz.qpic.cn/mmbiz_png/abc/640?wx_fmt=png&amp;from=appmsg&amp;tp=webp&amp;wxfrom=5&amp;wx_lazy=1#imgIndex=3" src="data:image/svg+xml,x" data-w="1080" data-ratio="0.5" alt="图片">`,
    `<img src="${picture}?wx_fmt=png" alt="" width="1080" height="540">`,
  ],
  ['drops pictures without an address', '<p>a<img data-src=""><img src="../img/logo.jpg"></p>', '<p>a</p>'],
  [
    'drops pictures that count readers',
    '<p>a</p><img src="https://count.example/a.gif" width="1" height="1"><img data-src="https://count.example/b.gif" style="width: 1px; height: 1px">',
    '<p>a</p>',
  ],
  [
    'takes the address of a picture without a lazy one from where it is',
    `<img data-src="" data-croporisrc="${picture}"><img src="//mmbiz.qpic.cn/mmbiz_png/abc/640?wx_fmt=gif&amp;tp=webp"><img data-src="http://loomstack.example/a.png?x=1">`,
    `<img src="${picture}" alt=""><img src="${picture}?wx_fmt=gif" alt=""><img src="http://loomstack.example/a.png?x=1" alt="">`,
  ],
  [
    'keeps the name of an emoji that stands in its title',
    '<p>好<img class="emoji" src="https://res.wx.qq.com/e/1.png" title="[色]"></p>',
    '<p>好[色]</p>',
  ],
  ['keeps the names of emoji', '<p>好<img src="https://res.wx.qq.com/e/1.png" alt="[加油]"></p>', '<p>好[加油]</p>'],
  [
    'makes boxes paragraphs and drops boxes around boxes',
    '<section><section><section>a</section></section></section><section><p>b</p>c</section>',
    '<p>a</p><div><p>b</p>c</div>',
  ],
  [
    'drops what is empty or hidden',
    '<p><br></p><section> </section><span style="display: none;">x</span><p style="color:red">a</p>',
    '<p>a</p>',
  ],
  ['keeps the space of an empty element within a line', '<p>a<span> </span>b</p>', '<p>a b</p>'],
  [
    'keeps the emphasis of styles, once',
    '<p><span style="font-weight: 700;">a</span><strong><span style="font-weight:bold"><strong>b</strong></span></strong><span style="font-style:italic">c</span><span style="text-decoration: line-through;">d</span></p>',
    '<p><strong>a</strong><strong>b</strong><em>c</em><s>d</s></p>',
  ],
  [
    'makes a background that stands alone a picture',
    `<section style="background-image: url(&quot;${picture}?wx_fmt=png&amp;wxfrom=1&quot;);"></section><section style="background: url('${picture}')">text</section>`,
    `<figure data-kind="background"><img src="${picture}?wx_fmt=png" alt=""></figure><p>text</p>`,
  ],
  [
    'gives code its line breaks, without line numbers, colours and hard spaces',
    '<section class="code-snippet__fix"><ul class="code-snippet__line-index"><li></li><li></li></ul><pre><code><span class="code-snippet_outer"><span class="code-snippet__keyword">if</span>&nbsp;(a&lt;b)</span></code><code>&nbsp;&nbsp;c()</code></pre></section>',
    '<pre><code>if (a&lt;b)\n  c()</code></pre>',
  ],
  [
    'reads code whose lines end in br',
    '<pre><span style="background:url(https://mmbiz.qpic.cn/mmbiz_svg/dots/640?wx_fmt=svg)"></span><code>a<br>&nbsp;b<br></code></pre>',
    '<pre><code>a\n b</code></pre>',
  ],
  [
    'reads code whose lines are boxes or items of a list',
    '<pre><code><section><span leaf="">a</span></section><section>b<br></section><section>c</section></code></pre><pre><code><ol><li>d</li><li>e</li></ol></code></pre>',
    '<pre><code>a\nb\nc</code></pre><pre><code>d\ne</code></pre>',
  ],
  [
    'reads code below the dots of a window',
    '<pre class="hljs code__pre"><span class="mac-sign"><svg viewBox="0 0 450 130"><g><ellipse cx="50" cy="65" rx="50" ry="52"></ellipse><circle r="5"></circle></g></svg></span><code class="language-bash">cd&nbsp;/tmp<br>&nbsp;&nbsp;ls</code></pre>',
    '<pre><code>cd /tmp\n  ls</code></pre>',
  ],
  [
    'leaves a pre that is no code as it is',
    '<pre><p>a<a href="https://example.org/">b</a></p></pre>',
    '<pre><p>a<a href="https://example.org/">b</a></p></pre>',
  ],
  [
    'puts the links of footnotes back',
    '<p>工具<sup>[1]</sup>和<span class="footnote-word">书</span><sup>[2]</sup></p><p><code>[1]</code>工具: <i>https://example.org/a</i><br><code>[2]</code>书: <i>https://example.org/b</i></p>',
    '<p>工具<sup><a href="https://example.org/a">[1]</a></sup>和<a href="https://example.org/b">书</a><sup><a href="https://example.org/b">[2]</a></sup></p><p><code>[1]</code>工具: <i><a href="https://example.org/a">https://example.org/a</a></i><br><code>[2]</code>书: <i><a href="https://example.org/b">https://example.org/b</a></i></p>',
  ],
  [
    'makes links canonical and drops those that lead nowhere',
    '<p><a href="http://mp.weixin.qq.com/s?__biz=MzU5OTk5OTk3Nw==&amp;mid=1&amp;idx=1&amp;sn=ab&amp;chksm=cd&amp;scene=21#wechat_redirect">a</a><a href="javascript:;">b</a><a class="wx_topic_link">#c</a><a href="/s/AbCdEfGhIjKlMnOpQrStUv?x=1">d</a></p>',
    '<p><a href="https://mp.weixin.qq.com/s?__biz=MzU5OTk5OTk3Nw==&amp;mid=1&amp;idx=1&amp;sn=ab">a</a>b#c<a href="https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv">d</a></p>',
  ],
  [
    'gives a video its poster and length and a link',
    `<section><iframe class="video_iframe" data-src="https://mp.weixin.qq.com/mp/readtemplate?t=x&amp;vid=wxv_123456" data-mpvid="wxv_123456" data-cover="http%3A%2F%2Fmmbiz.qpic.cn%2Fcover%2F0%3Fwx_fmt%3Djpeg"></iframe></section>`,
    `<figure data-kind="video"><img src="https://mmbiz.qpic.cn/cover/0?wx_fmt=jpeg" alt=""><figcaption><a href="${url}">视频 1:51</a></figcaption></figure>`,
  ],
  [
    'links a video of the video site there',
    '<iframe class="video_iframe" data-src="https://v.qq.com/iframe/player.html?vid=a0012345678&amp;auto=0"></iframe>',
    '<figure data-kind="video"><a href="https://v.qq.com/x/page/a0012345678.html">视频</a></figure>',
  ],
  [
    'gives a video that a browser has saved its poster and length, without the words of the player',
    `<section><span class="video_iframe" data-mpvid="wxv_123456" data-cover="http%3A%2F%2Fmmbiz.qpic.cn%2Fcover%2F0%3Fwx_fmt%3Djpeg"><div id="js_mpvedio_wrapper_wxv_123456"><video src="https://mpvideo.qpic.cn/a.mp4?dis_k=x"></video><p>进度条，百分之0</p><a>播放</a>00:00/01:51<em>全屏</em></div></span></section>`,
    `<figure data-kind="video"><img src="https://mmbiz.qpic.cn/cover/0?wx_fmt=jpeg" alt=""><figcaption><a href="${url}">视频 1:51</a></figcaption></figure>`,
  ],
  ['drops other frames', '<p>a</p><iframe src="https://evil.example/"></iframe>', '<p>a</p>'],
  [
    'names a song',
    `<qqmusic music_name="歌" singer="某&amp;nbsp;人" albumurl="https://y.gtimg.cn/a.jpg"></qqmusic>`,
    `<figure data-kind="audio"><img src="https://y.gtimg.cn/a.jpg" alt=""><figcaption><a href="${url}">音乐 歌 - 某 人</a></figcaption></figure>`,
  ],
  [
    'names songs and recordings of other services, whichever unit states their length',
    `<mp-common-clmusic music_name="歌" singer="某人" albumurl="https://y.gtimg.cn/a.jpg" duration="221000"></mp-common-clmusic><mp-common-claudio name="一讲" author="某号" duration="542" cover="https://loomstack.example/c.jpg"></mp-common-claudio>`,
    `<figure data-kind="audio"><img src="https://y.gtimg.cn/a.jpg" alt=""><figcaption><a href="${url}">音乐 歌 - 某人 3:41</a></figcaption></figure><figure data-kind="audio"><img src="https://loomstack.example/c.jpg" alt=""><figcaption><a href="${url}">音频 一讲 - 某号 9:02</a></figcaption></figure>`,
  ],
  ['names a place', `<mp-common-poi data-name="%E7%BB%87%E5%9D%8A" data-address="%E4%B8%80"></mp-common-poi>`, '<p>地点：织坊</p>'],
  [
    'makes cards lines and leaves empty ones out',
    '<section><mp-common-profile data-nickname="某号" data-alias="x"></mp-common-profile></section><mp-miniprogram data-miniprogram-title="小程序名"></mp-miniprogram><mp-common-product></mp-common-product><mp-style-type data-value="3"></mp-style-type>',
    '<p>公众号：某号</p><p>小程序：小程序名</p>',
  ],
  [
    'gives a vote a link and a sticker its picture',
    `<iframe class="vote_iframe" data-src="/mp/newappmsgvote?action=show"></iframe><mp-common-sticker data-emoji_url="https://mmbiz.qpic.cn/s/0"></mp-common-sticker>`,
    `<p><a href="${url}">投票</a></p><figure data-kind="sticker"><img src="https://mmbiz.qpic.cn/s/0" alt=""></figure>`,
  ],
  [
    'keeps figures, tables and lists',
    '<figure><img data-src="https://mmbiz.qpic.cn/a/0"><figcaption>图</figcaption></figure><ul><li><section>一</section></li></ul><table><tbody><tr><td>1</td><td></td></tr></tbody></table>',
    '<figure><img src="https://mmbiz.qpic.cn/a/0" alt=""><figcaption>图</figcaption></figure><ul><li><p>一</p></li></ul><table><tbody><tr><td>1</td><td></td></tr></tbody></table>',
  ],
  [
    'takes the words out of a vector graphic that holds some',
    '<svg><g><foreignObject><section>字</section></foreignObject></g></svg><svg><rect></rect></svg>',
    '<p>字</p>',
  ],
  [
    'leaves out what only says who drew a vector graphic, and gives the picture behind it',
    `<p>字<svg><title>t</title><desc>Created with Loom.</desc><path></path></svg></p><svg style="background-image:url(${picture})"><desc>Created with Loom.</desc></svg><svg style="background-image:url(https://mmbiz.qpic.cn/a/0)"><desc>d</desc><image href="https://mmbiz.qpic.cn/b/0"></image></svg>`,
    `<p>字</p><figure data-kind="background"><img src="${picture}" alt=""></figure><figure data-kind="background"><img src="https://mmbiz.qpic.cn/a/0" alt=""></figure><figure data-kind="graphic"><img src="https://mmbiz.qpic.cn/b/0" alt=""></figure>`,
  ],
  [
    'gives the pictures of vector graphics',
    `<section><svg viewBox="0 0 9 9"><image xlink:href="${picture}?wx_fmt=png"></image></svg></section><svg style="background-image:url(&quot;${picture}?wx_fmt=jpeg&quot;)"><g opacity="0"><rect></rect></g></svg>`,
    `<figure data-kind="graphic"><img src="${picture}?wx_fmt=png" alt=""></figure><figure data-kind="background"><img src="${picture}?wx_fmt=jpeg" alt=""></figure>`,
  ],
  [
    'gives formulas by their source, and those that are drawn elsewhere as pictures',
    `<p>因为 <span class="katex-html" data-formula="E=mc^2 &lt; 1"><svg><g><path></path></g></svg></span>，所以 <embed src="https://mmbiz.qlogo.cn/mmbiz_svg/x/0?wx_fmt=svg" data-type="svg+xml" style="width: 1ex">。</p><section data-formula="a^2\n+b^2"><svg></svg></section><embed src="https://loomstack.example/a.swf"><embed>`,
    '<p>因为 <code>E=mc^2 &lt; 1</code>，所以 <img src="https://mmbiz.qlogo.cn/mmbiz_svg/x/0?wx_fmt=svg" alt="">。</p><pre><code>a^2\n+b^2</code></pre>',
  ],
  [
    'marks formulas that have no source, which a graphic beside words is not',
    `<p>能量 <span class="katex-inline"><svg width="1.729ex" role="img" viewBox="0 -683 764 683"><g><path></path></g></svg></span> 等于<svg width="10" height="10"><path></path></svg></p><section class="katex-block"><svg style="max-width: 300vw; width: 12.5ex" role="img"><g><text>若</text></g></svg></section>`,
    `<p>能量 <a href="${url}">[公式]</a> 等于</p><p><a href="${url}">[公式]</a></p>`,
  ],
  [
    'finds pictures wherever pages and editors keep those that are loaded late',
    `<img data-original="${picture}?wx_fmt=png&amp;tp=webp" src="https://loomstack.example/loading.gif"><img _src="https://mmbiz.qpic.cn/b/0"><section data-lazy-bgimg="https://mmbiz.qpic.cn/c/0" style="background-image: url(https://loomstack.example/loading.gif)"></section>`,
    `<img src="${picture}?wx_fmt=png" alt=""><img src="https://mmbiz.qpic.cn/b/0" alt=""><figure data-kind="background"><img src="https://mmbiz.qpic.cn/c/0" alt=""></figure>`,
  ],
  [
    'gives the pictures that a touch uncovers behind the one that covers them, and no picture behind words',
    `<svg style="background-image:url(https://mmbiz.qpic.cn/a/0)"><foreignObject><svg style="background-image:url(https://mmbiz.qpic.cn/b/0)"></svg></foreignObject></svg><svg style="background-image:url(https://mmbiz.qpic.cn/c/0)"><foreignObject><p>字</p></foreignObject></svg>`,
    '<figure data-kind="background"><img src="https://mmbiz.qpic.cn/a/0" alt=""></figure><figure data-kind="background"><img src="https://mmbiz.qpic.cn/b/0" alt=""></figure><p>字</p>',
  ],
  [
    'names what a video of the video accounts shows',
    '<mp-common-videosnap data-url="https://loomstack.example/poster.jpg" data-nickname="某号" data-desc="一段话"></mp-common-videosnap>',
    `<figure data-kind="video"><img src="https://loomstack.example/poster.jpg" alt=""><figcaption><a href="${url}">视频号 某号 - 一段话</a></figcaption></figure>`,
  ],
  [
    'does not call pictures of the video accounts a video',
    '<mp-common-videosnap data-url="https://loomstack.example/a.jpg" data-nickname="某号" data-desc="" data-type="image"></mp-common-videosnap>',
    `<figure data-kind="pictures"><img src="https://loomstack.example/a.jpg" alt=""><figcaption><a href="${url}">视频号图片 某号</a></figcaption></figure>`,
  ],
  [
    'ends the lines of spans that are styled as blocks',
    '<p><span style="display: block">a</span><span style="display: block">b</span></p>',
    '<p>a<br>b</p>',
  ],
]

describe('cleanTree', () => {
  it.each(cases)('%s', (_title, html, expected) => {
    expect(clean(html)).toBe(expected)
  })

  it('gives a recording the address that lasts, also as an attachment', () => {
    const attachments: Attachment[] = []
    const address = 'https://res.wx.qq.com/voice/getvoice?mediaid=MzA5OTk5_1'
    expect(clean('<mpvoice name="第1&amp;nbsp;段" voice_encode_fileid="MzA5OTk5_1" play_length="283000"></mpvoice>', attachments)).toBe(
      `<figure data-kind="audio"><a href="${address}">音频 第1 段 4:43</a></figure>`,
    )
    expect(attachments).toEqual([{ url: address, type: 'audio/mpeg', title: '第1 段', duration: 283 }])
  })
})
