//! Strings that programs stumble over, of every kind that we know: 500 of them, made here.

const WORDS: &str = "undefined null NULL None nil true false NaN Infinity -0 __proto__ constructor hasOwnProperty toString \
    then valueOf arguments self this void search record ur en feed.atom robots.txt favicon.ico index.html policies . .. \
    ... ~ - -- --- _ * ** # @ & % $ ^ ! ? / // \\ \\\\ | : ; , ' \" ` `` ``` ~~~ = + < > << >> () [] {} [x](y) ![x](y) \
    [@x] [@call] [^1] <a@b.c> http://x https://x.example/ mailto:a@b.c ::: $$ x_y_z *x* **x** `x` 1. 2) - + > \
    yes no on off 2025-08-04 12:30:45 0o17 1_000 !!str !!python/object:os.system %YAML &a *a {a: [a] {a:b} [a] |- >- ?x \
    0 1 -1 00 1.0 1e400 1/0 0x7fffffffffffffff 99999999999999999999 9007199254740993 1,000 1'000 %s %n %d %@ %x%x%x \
    {0} {} {} %00 %0d%0a %2e%2e%2f ../../../etc/passwd ..\\..\\windows /etc/passwd /dev/null file:///etc/passwd CON NUL \
    AUX COM1 LPT1 C:\\con\\con a/b a\\b a:b .htaccess .git/config $(id) `id` ;id |id &&id $HOME ${HOME} ${IFS} ~root \
    {{7*7}} ${7*7} #{7*7} <%=7*7%> {%if%} {{}} {{x|safe}} [[${7*7}]] *{7*7} @(7*7) {{constructor.constructor('x')()}} \
    {{=7*7}} {php}x{/php} <#assign> ' ' '-- ';-- 'OR'1'='1 \"OR\"\"=\" ');-- admin'/* %' _ \\' 1;x OR(1=1) :name $1 ?1 \
    NEAR NOT AND OR a* \"a a\" (a a) a:b ^a -a a-b NEAR(a,b) a\"b {a}:b =cmd|'/C'!A0 @SUM(1) =1+1 +1 \
    &lt; &amp;lt; &#x41; &#0; &#xD800; &#x202e; &nbsp; &bogus; &NotEqualTilde; <!-- --> --!> <![CDATA[x]]> ]]> <?php?> \
    <!DOCTYPE> <!ENTITY> </script> </style> </title> </textarea> </article> </main> </body> </html> </svg> </p> <br/>";

const LINES: [&str; 46] = [
    "İstanbul Iı ẞß ǅ ﬁ ſ",
    "ԱՐՄԱՏ Ꭰꭰ Ⓐ ⅳ ½ ²",
    "𝕿𝖍𝖊 𝒒𝒖𝒊𝒄𝒌 ⓑⓡⓞⓦⓝ",
    "Ｆｕｌｌｗｉｄｔｈ",
    "ʇxǝʇ uʍop ǝpᴉsdn",
    "田中さんにあげて下さい",
    "𠜎𠜱𠝹𠱓",
    "사회과학원 어학연구소",
    "ทดสอบ ภาษาไทย",
    "हिन्दी क्षत्रिय",
    "ﷺ ﷽ ﴾﴿",
    "می\u{200c}خواہم",
    "کے\u{200d}ک",
    "הָיְתָה test الصفحات",
    "مُنَاقَشَةُ سُبُلِ اِسْتِخْدَامِ",
    "\u{200f}abc\u{200e}",
    "\u{61c}abc",
    "\u{2066}abc\u{2069}",
    "\u{202a}abc\u{202c}",
    "\u{2067}abc",
    "\u{202e}gpj.exe",
    "\u{202d}abc\u{202c}",
    "abc\u{2069}",
    "👨‍👩‍👧‍👦 👩🏽‍🚀 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇵🇰 1️⃣",
    "❤️ ❤",
    "\u{fe0f}",
    "Z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}algo",
    "e\u{301}",
    "\u{212b}\u{2126}",
    "\u{a0}",
    "a\u{a0}b",
    "\u{3000}a\u{2003}",
    "\u{200b}",
    "a\u{200b}b\u{2060}c",
    "\u{180e}x",
    "\u{ad}x\u{ad}y",
    "\u{fffd}\u{fffc}",
    "\u{fff9}a\u{fffa}b\u{fffb}",
    "\u{fdd0}\u{fffe}x\u{ffff}",
    "\u{e000}\u{f8ff}\u{10ffff}",
    "\u{e0041}\u{e0042}x",
    "\u{378}\u{530}",
    "జ్ఞ‌ా",
    "لُلُصّبُلُلصّبُررً ॣ ॣh ॣ ॣ",
    "Powerلُلُصّ",
    "ⲡⲛⲟⲩⲧⲉ 𓂀 𒀀",
];

const TAGS: [&str; 30] = [
    "script",
    "img src=x",
    "svg",
    "iframe",
    "object data=x",
    "embed src=x",
    "math",
    "style",
    "link rel=stylesheet href=x",
    "meta http-equiv=refresh content=0",
    "base href=//evil.example",
    "form action=//evil.example",
    "input autofocus",
    "button formaction=javascript:x",
    "details open",
    "video src=x",
    "audio src=x",
    "marquee",
    "template",
    "textarea",
    "title",
    "noscript",
    "xmp",
    "plaintext",
    "select",
    "body",
    "frameset",
    "isindex",
    "keygen",
    "x-made-up tabindex=1",
];
const TRIGGERS: [&str; 8] = [
    ">alert(1)</script>",
    " onerror=alert(1)>",
    " onload=alert(1)//",
    "/onfocus=alert(1) autofocus>",
    " onclick='alert(1)'>x",
    " style='x:expression(alert(1))'>",
    " srcdoc='<script>alert(1)</script>'>",
    "\u{a0}onmouseover=\"alert(1)\" x=\"",
];
const SCHEMES: [&str; 16] = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#115;cript:alert(1)",
    "java\u{200b}script:alert(1)",
    "&#x6A;avascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:msgbox(1)",
    "//evil.example/x.js",
    "/\\evil.example",
    "https:evil.example",
    "http://bank.example@evil.example/",
    "http://\u{430}pple.example/",
    "feed:javascript:x",
    "view-source:x",
    "blob:https://x/1",
];

/// Every string; none is empty.
pub fn all() -> Vec<String> {
    let mut all: Vec<String> = WORDS.split_whitespace().map(str::to_owned).collect();
    all.extend(LINES.map(str::to_owned));
    for tag in TAGS {
        all.extend(TRIGGERS.map(|trigger| format!("<{tag}{trigger}")));
    }
    for scheme in SCHEMES {
        all.push(scheme.to_owned());
        all.push(format!("<a href=\"{scheme}\">x</a>"));
        all.push(format!("[x]({scheme})"));
    }
    all.extend(
        ["\"", "'", "`", ">", "</title>"].map(|end| format!("x{end} onmouseover=alert(1) y={end}")),
    );
    all.extend((0..32_u8).chain(127..160).map(|code| format!("a{}b", char::from(code))));
    all.extend(["a\u{2028}b", "a\u{2029}b", "\u{feff}b"].map(str::to_owned));
    all.extend(["x".repeat(200), "ا".repeat(200), "\u{301}".repeat(100), "( ".repeat(90)]);
    all.sort();
    all.dedup();
    all
}
